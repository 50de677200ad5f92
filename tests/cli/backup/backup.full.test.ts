import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Driver } from 'neo4j-driver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { restoreBackup } from '../../../src/cli/backup/restore-backup.ts';
import { toStored } from '../../../src/cli/backup/stored-value.ts';
import { writeBackup } from '../../../src/cli/backup/write-backup.ts';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { createKey, listKeys } from '../../../src/engine/access/api-key-store.ts';
import { createChangeFeed } from '../../../src/engine/changes/log/change-feed.ts';
import { openDriver } from '../../../src/engine/database/open-driver.ts';
import type { Graph } from '../../../src/engine/graph/graph.ts';
import { createTag } from '../../../src/history/revisions/tags.ts';
import { prepareGraph } from '../../../src/service/prepare-graph.ts';
import { emptyGraph } from '../../setup/contents.ts';
import { ownSilkgraph } from '../../setup/own-silkgraph.ts';

const { server, mutate, address } = ownSilkgraph();
const folder = mkdtempSync(join(tmpdir(), 'silkgraph-backup-'));
let lossless: Driver;
let graph: Graph;

beforeAll(async () => {
  // A backup says which schema changes the graph has; the database of the worker was emptied of them too.
  await emptyGraph.write(address());
  lossless = openDriver(address(), { lossless: true });
  graph = server.graph;
});

afterAll(async () => {
  await lossless.close();
  rmSync(folder, { recursive: true, force: true });
});

/** All nodes and relations, whatever their internal ids, in a form that can be compared. */
async function everything(): Promise<readonly string[]> {
  const session = lossless.session();
  try {
    const nodes = await session.run(
      'MATCH (n) WHERE NOT n:`_SchemaLock` RETURN labels(n) AS labels, properties(n) AS properties',
    );
    const relations = await session.run(
      'MATCH (a)-[r]->(b) RETURN type(r) AS type, a.id AS a, b.id AS b, properties(r) AS properties',
    );
    return [...nodes.records, ...relations.records]
      .map((record) => record.toObject())
      .filter(({ labels }) => !labels?.includes('_SchemaChange'))
      .map(({ properties, ...rest }) =>
        JSON.stringify([
          rest,
          Object.entries(properties)
            // Each restore has a number of its own.
            .filter(([name]) => name !== 'restore')
            .map(([name, value]) => [name, toStored(value)])
            .sort(),
        ]),
      )
      .sort();
  } finally {
    await session.close();
  }
}

async function empty(): Promise<void> {
  const session = lossless.session();
  await session.run('MATCH (n) DETACH DELETE n');
  await session.close();
}

/** What the backup of the first test brings back. */
async function restored(): Promise<readonly string[]> {
  await empty();
  await restoreFrom('graph.backup');
  return everything();
}

/** What an event stream says of the area of a live question. */
function readEvents(response: Response) {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    async next(): Promise<string | undefined> {
      for (;;) {
        const found = /"area":(null|\{[^}]*\})/.exec(text);
        if (found) {
          text = text.slice(found.index + found[0].length);
          return found[1];
        }
        const { value, done } = (await reader?.read()) ?? { done: true };
        if (done) throw new Error(`The stream ended: ${text}`);
        text += value;
      }
    },
    end: () => reader?.cancel(),
  };
}

const backUpTo = (name: string) => writeBackup(lossless, address(), join(folder, name), '1.2.3');
const restoreFrom = (name: string) => restoreBackup(lossless, address(), join(folder, name));

describe('a backup', () => {
  it('brings back entities, relations, history, keys and tags into an empty database, and the graph goes on from there', async () => {
    await mutate('createArea', {
      ...{ slug: 'new-area', name: 'New area', definition: 'For the log.' },
      ...{ editorial: true, keyArea: false, topArea: true },
    });
    await mutate('updateArea', { id: 'new-area', nameZh: '新' });
    const { kept } = await createKey(graph, { name: 'Ana', role: 'editor', expiresAt: Date.now() + 1e9 });
    await createTag(graph, 'before', 1, 'test');
    const before = await everything();
    const changes = await server.data('{ changes(first: 50) { nodes { sequence at author } } }');

    const written = await backUpTo('graph.backup');
    expect(written.nodes + written.relations).toBeGreaterThan(before.length);
    expect(statSync(join(folder, 'graph.backup')).mode & 0o777).toBe(0o600);
    await expect(restoreFrom('graph.backup')).rejects.toThrow('is not empty');
    expect(await everything()).toEqual(before);

    await empty();
    const { head, ...counts } = await restoreFrom('graph.backup');
    expect(head).toMatchObject({ version: '1.2.3', revision: written.revision });
    expect(counts).toEqual({ nodes: written.nodes, relations: written.relations });
    expect(await everything()).toEqual(before);
    expect(await listKeys(graph)).toEqual([expect.objectContaining({ id: kept.id, name: 'Ana' })]);

    const driver = openDriver(address());
    await prepareGraph(driver, address(), cooperation);
    await driver.close();
    expect(await server.data('{ changes(first: 50) { nodes { sequence at author } } }')).toEqual(changes);
    const { outcome } = await mutate('updateArea', { id: 'new-area', nameZh: '新的' }, 'area { revision }');
    expect(outcome).toBe('UPDATED');
    const [last] = (await server.data('{ area(slug: "new-area") { history(first: 1) { nodes { sequence } } } }')).area
      .history.nodes;
    expect(last.sequence).toBe(written.revision + 1);
  });

  it('is refused before anything is written if it is not whole, not a backup, or newer', async () => {
    await empty();
    const lines = gunzipSync(readFileSync(join(folder, 'graph.backup')))
      .toString()
      .trimEnd()
      .split('\n');
    const write = (name: string, text: string | Buffer) =>
      writeFileSync(join(folder, name), typeof text === 'string' ? gzipSync(text) : text);
    write('cut', `${lines.slice(0, -1).join('\n')}\n`);
    write('torn', readFileSync(join(folder, 'graph.backup')).subarray(0, 2_000));
    write('other', '{"a": 1}\n');
    write('text', Buffer.from('no gzip'));
    write('newer', [lines[0]?.replace('"schema":[', '"schema":["9999-later.cypher",'), ...lines.slice(1)].join('\n'));
    write('form', [lines[0]?.replace('"form":1', '"form":2'), ...lines.slice(1)].join('\n'));
    for (const [name, message] of Object.entries({
      cut: 'is incomplete',
      torn: 'cannot be read',
      other: 'is no backup',
      text: 'cannot be read',
      newer: '9999-later.cypher',
      form: 'newer',
      missing: 'cannot be read',
    })) {
      await expect(restoreFrom(name), name).rejects.toThrow(message);
    }
    expect(await everything()).toEqual([]);
    await expect(backUpTo('nothing.backup')).rejects.toThrow('does not contain a Silkgraph graph');
    await expect(backUpTo('graph.backup')).rejects.toThrow('already');
  });

  it.each([1, 2, 3, 4, 5])('is restored as it was, or refused, where the answer to write %i is lost', async (nth) => {
    const before = await restored();
    const driver = openDriver(address(), { lossless: true });
    const open = driver.session.bind(driver);
    let writes = 0;
    driver.session = (options) => {
      const session = open(options);
      const write = session.executeWrite.bind(session);
      session.executeWrite = async (work, settings) => {
        writes += 1;
        const isLost = writes === nth;
        const answer = await write(work, settings);
        return isLost ? write(work, settings) : answer;
      };
      return session;
    };
    await empty();
    await restoreBackup(driver, address(), join(folder, 'graph.backup')).catch(() => restoreFrom('graph.backup'));
    await driver.close();
    expect(await everything()).toEqual(before);
  });

  it('of an earlier revision is noticed at once by those who follow changes or a live question', async () => {
    await backUpTo('earlier.backup');
    const events = await createChangeFeed(graph, { interval: 20 }).follow({});
    const live = await server.fetch(
      new Request('http://silkgraph/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
        body: JSON.stringify({ query: 'subscription { live { area(slug: "area-late") { name } } }' }),
      }),
    );
    const answers = readEvents(live);
    expect(await answers.next()).toBe('null');
    const late = {
      slug: 'area-late',
      name: 'Late',
      definition: 'Late.',
      keyArea: false,
      topArea: false,
      editorial: true,
    };
    await mutate('createArea', late);
    expect(await answers.next()).toBe('{"name":"Late"}');
    await events.next();
    const next = expect(events.next()).rejects.toThrow('as after a restore');
    await empty();
    await restoreFrom('earlier.backup');
    const complete = performance.now();
    expect(await answers.next()).toBe('null');
    await next;
    expect(performance.now() - complete).toBeLessThan(10_000);
    await answers.end();
  });

  it('that was broken off while it was restored starts no server, and is restored anew by the same command', async () => {
    await empty();
    const session = lossless.session();
    await session.run("CREATE (:`_Restore` {name: 'unfinished'}), (:Entity:Area {id: 'half'})");
    await session.close();
    const driver = openDriver(address());
    await expect(prepareGraph(driver, address(), cooperation)).rejects.toThrow('silkgraph restore again');
    await restoreFrom('graph.backup');
    await prepareGraph(driver, address(), cooperation);
    await driver.close();
    expect(await everything()).not.toContainEqual(expect.stringContaining('"half"'));
  });
});
