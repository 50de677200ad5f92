import { expect, it } from 'vitest';
import { applyOperations } from '../../../src/engine/changes/apply/apply-operations.ts';
import { readChanges } from '../../../src/engine/changes/log/read-changes.ts';
import { readLatest } from '../../../src/engine/changes/log/read-latest.ts';
import type { Operation } from '../../../src/engine/changes/operation.ts';
import type { Graph } from '../../../src/engine/graph/graph.ts';
import { revertChanges } from '../../../src/history/revisions/revert.ts';
import {
  createSilkgraph,
  defineOntology,
  indexed,
  int,
  listOf,
  type OntologyDefinition,
  required,
  searched,
  text,
} from '../../../src/index.ts';
import { openSilkgraph } from '../../../src/service/open-silkgraph.ts';
import { ownDatabase } from '../../setup/own-database.ts';

const kind = (singular: string, properties = {}) => ({
  ...{ singular, plural: `${singular}s`, one: `a ${singular}`, many: `${singular}s`, description: 'A kind.' },
  properties,
});

const relation = (from: string, to: string, forward: string) => ({
  ...{ from, to, forward, backward: `${forward}By` },
  ...{ description: 'x', forwardDescription: 'x', backwardDescription: 'x' },
});

const before = {
  enumerations: {},
  sharedProperties: { name: searched(indexed(required(text('Name.'))), 'name') },
  kinds: { Plant: kind('plant', { use: text('Use.'), height: int('Height.') }), Insect: kind('insect') },
  relations: { NEAR: relation('Plant', 'Plant', 'near'), POLLINATES: relation('Insect', 'Plant', 'pollinates') },
  provenance: null,
} satisfies OntologyDefinition;

/** Without insects, and with properties of other types. */
const after = {
  ...before,
  kinds: { Plant: kind('plant', { use: int('Use.'), height: listOf(text('Heights.')) }) },
  relations: { NEAR: before.relations.NEAR },
} satisfies OntologyDefinition;

const address = ownDatabase();

/** Serves the database with an ontology, as long as something is done with it. */
async function serving<Result>(
  definition: OntologyDefinition,
  act: (served: {
    change: (...operations: Operation[]) => Promise<unknown>;
    // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers whose shape its own question gives.
    data: (query: string) => Promise<any>;
    fetched: (path: string) => Promise<string>;
    graph: Graph;
  }) => Promise<Result>,
): Promise<Result> {
  const open = await openSilkgraph(createSilkgraph({ ontology: defineOntology(definition) }), address());
  try {
    return await act({
      graph: open.graph,
      change: (...operations) => applyOperations(open.graph, { author: 'test', operations }),
      fetched: async (path) => (await open.fetch(`http://localhost${path}`)).text(),
      async data(query) {
        const response = await open.fetch(`http://localhost/graphql?query=${encodeURIComponent(query)}`);
        const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
        expect(errors).toBeUndefined();
        return data;
      },
    });
  } finally {
    await open.close();
  }
}

const CHANGES =
  '{ changes(first: 50) { totalCount nodes { __typename ... on FormerChange { of } } } plant(slug: "rose") { history(first: 50) { totalCount } } }';

it('tells the history of what the ontology has, after kinds and relations were removed and types changed', async () => {
  const all = await serving(before, async ({ change, data }) => {
    await change(
      { action: 'CREATE', kind: 'Plant', slug: 'rose', properties: { name: 'Rose', use: 'Food', height: 3 } },
      { action: 'CREATE', kind: 'Plant', slug: 'thyme', properties: { name: 'Thyme' } },
      { action: 'CREATE', kind: 'Insect', slug: 'bee', properties: { name: 'Bee' } },
      { action: 'LINK', relation: 'NEAR', from: 'rose', to: 'thyme', properties: {} },
      { action: 'LINK', relation: 'POLLINATES', from: 'bee', to: 'rose', properties: {} },
    );
    await change({ action: 'UPDATE', kind: 'Plant', slug: 'rose', properties: { use: null, height: null } });
    await change(
      { action: 'UNLINK', relation: 'POLLINATES', from: 'bee', to: 'rose' },
      { action: 'DELETE', kind: 'Insect', slug: 'bee' },
    );
    return data(CHANGES);
  });
  expect(all.changes.totalCount).toBe(8);

  await serving(after, async ({ data, fetched, graph }) => {
    const ofRose = { kinds: ['Plant'], ids: ['rose'], first: 50 };
    const { changes: onwards } = await readChanges(graph, { ...ofRose, after: 0 });
    expect(onwards.filter(({ subject }) => subject === 'FORMER')).toHaveLength(2);
    expect((await readLatest(graph, ofRose)).changes).toEqual([...onwards].reverse());
    const { changes, plant } = await data(CHANGES);
    expect(changes.totalCount).toBe(8);
    const former = (of: string) => ({ __typename: 'FormerChange', of });
    expect(changes.nodes).toEqual([
      { __typename: 'EntityChange' },
      { __typename: 'EntityChange' },
      former('Insect'),
      { __typename: 'RelationChange' },
      former('POLLINATES'),
      { __typename: 'EntityChange' },
      former('POLLINATES'),
      former('Insect'),
    ]);
    expect(plant.history.totalCount).toBe(5);
    const then = await data(
      'query @asOf(revision: 5) { plants { nodes { slug use height near { nodes { slug } } } } }',
    );
    expect(then.plants.nodes).toEqual([
      { slug: 'rose', use: null, height: [], near: { nodes: [{ slug: 'thyme' }] } },
      { slug: 'thyme', use: null, height: [], near: { nodes: [] } },
    ]);
    expect((await data('{ diff(from: { revision: 5 }) { totalCount } }')).diff.totalCount).toBe(1);
    const feed = await fetched('/changes.atom');
    expect(feed).toContain('POLLINATES bee – rose deleted');
  });
});

it('reverts what the ontology has of records with a property that was removed, and says which one it cannot', async () => {
  const kinds = { ...before.kinds, Plant: kind('plant', { use: text('Use.') }) };
  const without = { ...before, kinds } satisfies OntologyDefinition;
  const transactions = (graph: Graph, slug: string) =>
    readChanges(graph, { after: 0, ids: [slug], first: 50 }).then(({ changes }) => [
      ...new Set(changes.map(({ transaction }) => transaction)),
    ]);
  await serving(before, async ({ change }) => {
    const properties = { name: 'Elm', use: 'Wood', height: 30 };
    await change({ action: 'CREATE', kind: 'Plant', slug: 'elm', properties });
    await change({ action: 'UPDATE', kind: 'Plant', slug: 'elm', properties: { height: 31 } });
    await change({ action: 'UPDATE', kind: 'Plant', slug: 'elm', properties: { use: 'Shade' } });
    await change({ action: 'CREATE', kind: 'Plant', slug: 'oak', properties: { ...properties, name: 'Oak' } });
    await change({ action: 'UPDATE', kind: 'Plant', slug: 'oak', properties: { height: 40 } });
    await change({ action: 'CREATE', kind: 'Plant', slug: 'ash', properties: { ...properties, name: 'Ash' } });
  });
  await serving(without, async ({ graph, data }) => {
    const [, grown = '', used = ''] = await transactions(graph, 'elm');
    const revert = (transaction: string) => revertChanges(graph, { transaction, author: 'test' });
    await revert(used);
    expect((await data('{ plant(slug: "elm") { use } }')).plant.use).toBe('Wood');
    await expect(revert(grown)).rejects.toMatchObject({
      faults: [{ message: expect.stringContaining('changed Plant.height, which the ontology no longer has') }],
    });
    const [planted = '', higher] = await transactions(graph, 'oak');
    await expect(revert(planted)).rejects.toMatchObject({
      faults: [
        {
          code: 'CONFLICT',
          message: expect.stringMatching(`Transaction ${higher}, by .*, later changed Plant.height, which the`),
        },
      ],
    });
    const [sown = ''] = await transactions(graph, 'ash');
    await revert(sown);
    expect(await data('{ ash: plant(slug: "ash") { slug } oak: plant(slug: "oak") { slug } }')).toEqual({
      ash: null,
      oak: { slug: 'oak' },
    });
  });
});
