import { createSilkgraph } from '../index.ts';
import { explorer } from './explorer.ts';
import { cooperation } from './ontology.ts';
import { syntheticShape } from './synthetic-shape.ts';

/** The graph of Belt and Road science and technology cooperation. */
export default createSilkgraph({
  ontology: cooperation,
  seeds: new URL('../../seeds', import.meta.url),
  examples: new URL('../../examples', import.meta.url),
  syntheticShape,
  explorer,
});
