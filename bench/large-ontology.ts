// What the size of an ontology costs: the time to define it and to make its schema, and the memory that these take.
import type { KindDefinition, RelationDefinition } from '../src/ontology/vocabulary.ts';

const product = (path: string) => import(new URL(`../dist/${path}.js`, import.meta.url).href);

const KINDS = 60;
const RELATIONS = 200;
const PROPERTIES = 12;

const {
  createSilkgraph,
  defineOntology,
  int,
  indexed,
  required,
  searched,
  text,
  date,
}: typeof import('../src/index.ts') = await product('index');

const kinds = Object.fromEntries(
  Array.from({ length: KINDS }, (_, at): [string, KindDefinition] => [
    `Kind${at}`,
    {
      ...{
        singular: `kind${at}`,
        plural: `kinds${at}`,
        one: `a kind ${at}`,
        many: `kinds ${at}`,
        description: 'A kind.',
      },
      properties: Object.fromEntries(
        Array.from({ length: PROPERTIES }, (_, place) => [
          `property${place}`,
          indexed([int, text, date][place % 3]?.('A property.') ?? int('A property.')),
        ]),
      ),
    },
  ]),
);

const relations = Object.fromEntries(
  Array.from({ length: RELATIONS }, (_, at): [string, RelationDefinition] => [
    `RELATION_${at}`,
    {
      ...{
        from: `Kind${at % KINDS}`,
        to: `Kind${(at * 7 + 1) % KINDS}`,
        forward: `forward${at}`,
        backward: `backward${at}`,
      },
      ...{ description: 'It is so.', forwardDescription: 'There.', backwardDescription: 'Back.' },
      ...(at % 2 === 0 ? { properties: { since: date('Since when.') } } : {}),
    },
  ]),
);

const heap = () => {
  global.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
};

const before = heap();
const begun = performance.now();
const ontology = defineOntology({
  enumerations: {},
  sharedProperties: { name: searched(indexed(required(text('Name.'))), 'name') },
  kinds,
  relations,
  provenance: null,
});
const defined = performance.now();
const { schema } = createSilkgraph({ ontology });
const made = performance.now();
const types = Object.keys(schema.getTypeMap()).length;
console.log(
  `${KINDS} kinds, ${RELATIONS} relations, ${types} types: defined in ${(defined - begun).toFixed(0)} ms, schema in ${(made - defined).toFixed(0)} ms, ${(heap() - before).toFixed(0)} MB of heap.`,
);
