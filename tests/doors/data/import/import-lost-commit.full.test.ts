import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { cooperation } from '../../../../src/cooperation/ontology.ts';
import { importFiles } from '../../../../src/doors/data/import/import-files.ts';
import { totalsOf } from '../../../../src/doors/data/import/summary.ts';
import { pendingImport } from '../../../../src/doors/data/import-marker.ts';
import { openDriver } from '../../../../src/engine/database/open-driver.ts';
import { createGraph } from '../../../../src/engine/graph/graph.ts';
import { dataFolder } from '../data-folder.ts';
import { ownGraph } from '../own-graph.ts';
import { smallData } from '../small-data.ts';

const own = ownGraph();

/** COMMIT, as it goes over the wire: one chunk of two bytes. */
const commit = Buffer.from([0, 2, 0xb0, 0x12, 0, 0]);

let proxy: Server | undefined;
afterEach(() => proxy?.close());

/** The database behind a connection that breaks when the n-th transaction is committed, before that is answered. */
async function losingCommit(nth: number) {
  const { hostname, port } = new URL(own.address.uri);
  let commits = 0;
  proxy = createServer((client) => {
    const database = connect(Number(port), hostname);
    let isLost = false;
    client.on('data', (bytes) => {
      if (bytes.includes(commit)) commits += 1;
      isLost ||= bytes.includes(commit) && commits === nth;
      database.write(bytes);
    });
    database.on('data', (bytes) => (isLost ? client.destroy() : client.write(bytes)));
    client.on('error', () => {}).on('close', () => database.destroy());
    database.on('error', () => {}).on('close', () => client.destroy());
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = { ...own.address, uri: `bolt://127.0.0.1:${(proxy.address() as AddressInfo).port}` };
  return { driver: openDriver(address), commits: () => commits };
}

it.each([1, 2, 3, 4])(
  'an import in batches writes nothing twice where the answer to commit %i is lost',
  async (nth) => {
    const { driver, commits } = await losingCommit(nth);
    const graph = createGraph(driver, cooperation, { database: own.address.database });
    const summary = await importFiles(graph, [dataFolder(smallData)], { largestTransaction: 3 });
    await driver.close();
    expect(commits()).toBe(5);
    expect(totalsOf(cooperation, summary)).toMatchObject({ entities: { created: 9 }, relations: { created: 6 } });
    expect(await own.ask('MATCH ()-[relation]->() RETURN count(*)')).toEqual([[6]]);
    expect(await own.ask('MATCH (change:`_Change`) RETURN change.created, change.updated')).toEqual([[15, 0]]);
    expect(await pendingImport(own.graph)).toBeUndefined();
  },
);
