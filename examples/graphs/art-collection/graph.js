import { createSilkgraph } from 'silkgraph';
import { artCollection } from './ontology.js';

/** A graph of artworks, their artists, movements and subjects. */
export default createSilkgraph({
  ontology: artCollection,
  seeds: new URL('./seeds', import.meta.url),
  examples: new URL('./examples', import.meta.url),
  fields: ({ builder, refs, computed }) => {
    builder.objectField(refs.Artist, 'ageAtDeath', (t) =>
      t.int({
        nullable: true,
        description: 'Age at death in years, at most one too high; null if a year is unknown.',
        ...computed('Artist', ['bornYear', 'diedYear'], (artist) => {
          const [born, died] = [artist.get('bornYear'), artist.get('diedYear')];
          return born === null || died === null ? null : died - born;
        }),
      }),
    );
    builder.objectField(refs.Artwork, 'yearsUntilAcquired', (t) =>
      t.int({
        nullable: true,
        description:
          'Years from `year` until the artwork entered the collection; null if either is unknown. Negative for an artwork acquired before it was finished.',
        ...computed('Artwork', ['year', 'acquisitionYear'], (artwork) => {
          const [year, acquired] = [artwork.get('year'), artwork.get('acquisitionYear')];
          return year === null || acquired === null ? null : acquired - year;
        }),
      }),
    );
  },
});
