import { fileURLToPath } from 'node:url';
import type { Driver } from 'neo4j-driver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { restoreBackup } from '../../../src/cli/backup/restore-backup.ts';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { listKeys } from '../../../src/engine/access/api-key-store.ts';
import { openDriver } from '../../../src/engine/database/open-driver.ts';
import { readSchemaFiles, schemaFolder } from '../../../src/engine/database/schema/schema-files.ts';
import { prepareGraph } from '../../../src/service/prepare-graph.ts';
import { ownDatabase } from '../../setup/own-database.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

/** Written by the version before that of history and watches: two schema changes are missing. */
const backup = fileURLToPath(new URL('earlier/before-history.backup', import.meta.url));

const address = ownDatabase();
let driver: Driver;
const steps: string[] = [];

beforeAll(async () => {
  const lossless = openDriver(address(), { lossless: true });
  await restoreBackup(lossless, address(), backup);
  await lossless.close();
  driver = openDriver(address());
  await prepareGraph(driver, address(), cooperation, { report: (step) => steps.push(step) });
});

afterAll(() => driver.close());

const server = silkgraph({
  address,
  viewer: { name: 'Ana (abcdefghjk)', id: 'key:abcdefghjk', role: 'editor' },
  operationTimeout: 25_000,
});

const rows = async (text: string) => {
  const session = driver.session();
  const { records } = await session.run(text).finally(() => session.close());
  return records.map((record) => record.toObject());
};

describe('a graph that an earlier version made', () => {
  it('gets the schema changes that it lacks at the start of this one, and all indexes', async () => {
    expect(steps).toEqual([
      ...['0007-revisions.cypher', '0008-watches.cypher', 'ontology'].map(
        (name) => `Applying the schema change ${name}`,
      ),
    ]);
    const recorded = await rows('MATCH (change:`_SchemaChange`) RETURN change.name AS name ORDER BY name');
    expect(recorded.map(({ name }) => name)).toEqual([
      ...readSchemaFiles(schemaFolder).map(({ name }) => name),
      'ontology',
    ]);
    expect(await rows("SHOW INDEXES YIELD name, state WHERE state <> 'ONLINE' RETURN name")).toEqual([]);
  });

  it('keeps its entities, relations, keys and log', async () => {
    const { ontology, labs, changes } = await server.data(`{
      ontology { kinds { typeName count } relations { relation count } }
      labs { nodes { slug name revision partnerCountries { edges { sources { slug } } } possiblySameAs { nodes { slug } } } }
      changes(first: 50) { nodes { __typename sequence author } }
    }`);
    const held = (all: readonly { readonly count: number }[]) => all.filter(({ count }) => count > 0);
    expect(held(ontology.kinds)).toEqual(
      Object.entries({ Country: 2, Lab: 2, Institution: 2, Area: 1, Source: 2 }).map(([typeName, count]) => ({
        ...{ typeName, count },
      })),
    );
    expect(held(ontology.relations).map(({ count }) => count)).toEqual([1, 1, 1, 1, 1]);
    expect(labs.nodes[0]).toEqual({
      ...{ slug: 'lab-one', name: 'One more', revision: 2 },
      partnerCountries: { edges: [{ sources: [{ slug: 'source-a' }, { slug: 'source-b' }] }] },
      possiblySameAs: { nodes: [{ slug: 'lab-two' }] },
    });
    expect(changes.nodes.map(({ sequence }: { sequence: number }) => sequence)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await listKeys(server.graph)).toEqual([
      expect.objectContaining({ name: 'Ana', role: 'editor', kinds: null, rate: null, expiresAt: null }),
    ]);
  });

  it('is found by search, answers from its past, and repeats no request', async () => {
    expect(await server.data('{ search(query: "earlier version") { nodes { slug } } }')).toEqual({
      search: { nodes: [{ slug: 'old-area' }] },
    });
    expect(
      await server.data(
        'query @asOf(revision: 2) { area(slug: "old-area") { name nameZh } indicators { totalCount } }',
      ),
    ).toEqual({
      area: { name: 'Old area', nameZh: null },
      indicators: { totalCount: 1 },
    });
    const again = await server.data(`mutation {
      createArea: create(input: { entity: { area: { slug: "old-area", name: "Old area", definition: "Made by an earlier version.", editorial: true, keyArea: false
        topArea: true } }, idempotencyKey: "first" }) { outcome errors { message } }
    }`);
    expect(again).toEqual({ createArea: { outcome: 'CREATED', errors: [] } });
    const { second } = await server.data(
      'mutation { updateArea: update(input: { entity: { area: { id: "old-area", name: "New name" } } }) { outcome } second: update(input: { entity: { lab: { id: "lab-two", batch: 3 } } }) { outcome } }',
    );
    expect(second).toEqual({ outcome: 'UPDATED' });
    const { changes } = await server.data('{ changes(after: null, first: 50) { nodes { sequence } } }');
    expect(changes.nodes.at(-1)).toEqual({ sequence: 8 });
  });
});
