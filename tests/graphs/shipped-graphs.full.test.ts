import { fileURLToPath } from 'node:url';
// @ts-expect-error: it is JavaScript, as a user may write it.
import artCollection from '../../examples/graphs/art-collection/graph.js';
import cooperation from '../../src/cooperation/graph.ts';
import { seedsFolder } from '../setup/contents.ts';
import { describeGraph } from './any-graph.ts';

describeGraph('the graph of the product', cooperation, async () => seedsFolder);

describeGraph('the graph of artworks, without sources', artCollection, async () =>
  fileURLToPath(new URL('../../examples/graphs/art-collection/seeds', import.meta.url)),
);
