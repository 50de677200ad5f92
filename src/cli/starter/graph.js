import { createSilkgraph } from 'silkgraph';
import { ontology } from './ontology.js';

export default createSilkgraph({
  ontology,
  // Loaded into an empty graph. After a change: npx silkgraph seed --graph ./graph.js
  seeds: new URL('./seeds', import.meta.url),
  // Shown in the playground.
  examples: new URL('./examples', import.meta.url),
  // Fields that are computed. `needs` are read together with the entity.
  fields({ builder, refs, computed }) {
    builder.objectField(refs.Plant, 'heightInMetres', (t) =>
      t.float({
        nullable: true,
        description: 'Usual height in metres; null if unknown.',
        ...computed('Plant', ['heightInCentimetres'], (plant) => {
          const height = plant.get('heightInCentimetres');
          return height === null ? null : height / 100;
        }),
      }),
    );
  },
});
