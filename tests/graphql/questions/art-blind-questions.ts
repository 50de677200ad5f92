import {
  activeIn,
  art,
  artists,
  artworks,
  associated,
  birthplace,
  diedIn,
  madeBy,
  madeOf,
  numberOf,
  ofClass,
  showing,
  women,
  workCount,
} from './art-facts.ts';
import { ask, both, entities, except, most, number } from './cooperation-facts.ts';
import type { EvaluatedQuestion } from './facts.ts';

const { those, from, to } = art;
const en = (of: string) => ask('en', of);
const yearOf = (slug: string) => numberOf(slug, 'year') ?? 0;

/** Questions that were written, with what answers them, before the product was asked them; nothing was mended by them. */
export const artBlindQuestions: readonly EvaluatedQuestion[] = [
  en('name')('where was Pablo Picasso born?', entities(birthplace('pablo-picasso'))),
  en('name')('when did Henri Matisse die?', { value: numberOf('henri-matisse', 'diedYear') }),
  en('maker')('prints by William Hogarth', entities(both(madeBy(['william-hogarth']), ofClass('PRINT')))),
  en('maker')('paintings by women', entities(both(madeBy(women), ofClass('PAINTING')))),
  en('maker')('who made Bicentric Form?', entities(to('MADE_BY', 'n05932'))),
  en('movement')('artists associated with Cubism', entities(associated('cubism'))),
  en('movement')('movements of the 19th century', entities(from('FLOURISHED_IN', '19th-century'))),
  en('place')('artists who died in London', entities(diedIn('london'))),
  en('place')('artists active in France', entities(activeIn('france'))),
  en('subject')('artworks showing a horse and made of bronze', entities(both(showing('horse'), madeOf('bronze')))),
  en('medium')('paintings on wood', entities(both(ofClass('PAINTING'), madeOf('wood')))),
  en('negation')('paintings not made of oil paint', entities(except(ofClass('PAINTING'), madeOf('oil-paint')))),
  en('year')('sculptures made after 1980', entities(ofClass('SCULPTURE').filter((one) => yearOf(one) > 1980))),
  en('year')('artists born in 1881', entities(artists((one) => one.bornYear === 1881))),
  en('count')('how many sculptures are there?', number(ofClass('SCULPTURE').length)),
  en('count')('how many artists died in Paris', number(diedIn('paris').length)),
  en('rank')('newest sculpture', { first: most(ofClass('SCULPTURE'), yearOf) }),
  en('rank')('which movement has the most artists?', {
    first: most(those('Movement'), (one) => from('ASSOCIATED_WITH', one).length),
  }),
  en('number')('artworks higher than 4000 mm', entities(artworks((one) => Number(one.heightMm ?? 0) > 4000))),
  en('number')('artists with more than five artworks', entities(artists(({ id }) => workCount(id) > 5))),
];
