import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import neo4j, { type Driver } from 'neo4j-driver';
import { homeIn } from '../src/cli/managed-database/managed-neo4j.ts';
import { readLease } from '../src/cli/managed-database/neo4j-lease.ts';
import { cooperation } from '../src/cooperation/ontology.ts';
import { entityState } from '../src/engine/changes/apply/stored-form.ts';
import { openDriver } from '../src/engine/database/open-driver.ts';
import { startProduct } from './product.ts';

/**
 * What questions about the past take where many changes of long records lie between, and what others notice meanwhile: on the
 * Neo4j that the product runs, with a heap of 512 MB for either. The log is written directly, in its own form.
 */
const { values: options } = parseArgs({
  options: {
    changes: { type: 'string', default: '4200' },
    bytes: { type: 'string', default: '41000' },
    history: { type: 'string' },
    tries: { type: 'string', default: '6' },
  },
});
const [changes, bytes, tries] = [Number(options.changes), Number(options.bytes), Number(options.tries)];
if (!(changes >= 1 && bytes >= 1 && tries >= 1)) throw new Error('--changes, --bytes and --tries take numbers from 1.');

/** Length of the states that are written in one transaction, and the most changes. */
const BATCH_BYTES = 2_000_000;
const BATCH = 1_000;

const folder = join(import.meta.dirname, '.data', 'long-records');
// The jars stay, the graph does not: each run begins with the same log.
rmSync(homeIn(folder), { recursive: true, force: true });
const product = await startProduct({
  SILKGRAPH_FOLDER: folder,
  NODE_OPTIONS: '--max-old-space-size=512',
  ...(options.history === undefined ? {} : { SILKGRAPH_HISTORY: options.history }),
});
const lease = readLease(homeIn(folder));
const password = readFileSync(join(homeIn(folder), 'password'), 'utf8');
const driver = openDriver({ uri: lease?.uri ?? '', username: 'neo4j', password });

/** Writes changes of the notes of laboratories. @returns the revision before the first of them, and that of the last */
async function writeLog(database: Driver) {
  const found = await database.executeQuery(
    'MATCH (lab:Lab) MATCH (log:`_ChangeLog`) RETURN properties(lab) AS lab, log.last AS last',
  );
  const before = Number(found.records[0]?.get('last'));
  const labs = found.records.map((record) => {
    const { id, _revision: revision, ...stored } = record.get('lab');
    return { id, revision: Number(revision ?? 1), state: entityState(cooperation, 'Lab', stored) };
  });
  const padding = 'x'.repeat(bytes);
  const size = Math.max(1, Math.min(BATCH, Math.floor(BATCH_BYTES / (2 * bytes))));
  for (let from = 0; from < changes; from += size) {
    const rows = Array.from({ length: Math.min(size, changes - from) }, (_, place) => {
      const lab = labs[(from + place) % labs.length];
      if (!lab) throw new Error('There is no laboratory.');
      const earlier = JSON.stringify(lab.state);
      lab.state = { ...lab.state, notes: [`${from + place} ${padding}`] };
      lab.revision += 1;
      return {
        sequence: neo4j.int(before + from + place + 1),
        transaction: randomUUID(),
        author: 'an editor',
        subject: 'ENTITY',
        action: 'UPDATED',
        kind: 'Lab',
        entity: lab.id,
        revision: neo4j.int(lab.revision),
        before: earlier,
        after: JSON.stringify(lab.state),
      };
    });
    await database.executeQuery(
      `MATCH (log:\`_ChangeLog\` {name: 'changes'}) SET log.settled = log.last, log.last = log.last + size($rows)
WITH log UNWIND $rows AS row CREATE (change:\`_Change\` {at: datetime.transaction()}) SET change += row`,
      { rows },
    );
  }
  await database.executeQuery(
    'UNWIND $labs AS row MATCH (lab:Lab {id: row.id}) SET lab.notes = row.notes, lab.`_revision` = row.revision',
    { labs: labs.map(({ id, revision, state }) => ({ id, revision: neo4j.int(revision), notes: state.notes ?? [] })) },
  );
  return { before, last: before + changes };
}

async function ask(query: string, variables: object = {}) {
  const begun = performance.now();
  const response = await fetch(`${product.origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  const fault = /"code":"(\w+)"/.exec(text)?.[1];
  return { code: fault ?? 'answered', text, milliseconds: performance.now() - begun };
}

const residentMegabytes = () => {
  const [, size] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${product.pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(size) / 1_000);
};

/** Asks as others do until it is ended, each time about another name. */
function others() {
  const codes = new Map<string, number>();
  let longest = 0;
  let isOver = false;
  const asking = (async () => {
    for (let turn = 0; !isOver; turn += 1) {
      const query = 'query ($name: String) { labs(first: 5, filter: { name: { contains: $name } }) { totalCount } }';
      const { code, milliseconds } = await ask(query, { name: `Lab${turn}` });
      codes.set(code, (codes.get(code) ?? 0) + 1);
      longest = Math.max(longest, milliseconds);
      await sleep(200);
    }
  })();
  return async () => {
    isOver = true;
    await asking;
    return `${[...codes].map(([code, count]) => `${count} ${code}`).join(', ')}; longest ${longest.toFixed(0)} ms`;
  };
}

try {
  const begun = performance.now();
  const { before, last } = await writeLog(driver);
  console.log(
    `${changes} changes of ${bytes} bytes, written in ${((performance.now() - begun) / 1_000).toFixed(0)} s.\n`,
  );
  // The server notices them.
  await sleep(3_000);
  const questions = {
    'state before the first change': `query @asOf(revision: ${before}) { labs(first: 3) { totalCount nodes { name notes } } }`,
    'differences of both ends': `{ diff(from: { revision: ${before} }, to: { revision: ${last} }) { totalCount } }`,
  };
  console.log('| question | answer | time | server | others meanwhile |\n|---|---|--:|--:|---|');
  for (const [name, query] of Object.entries(questions)) {
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      const end = others();
      const { code, text, milliseconds } = await ask(query);
      const seen = await end();
      const time = `${(milliseconds / 1_000).toFixed(1)} s`;
      console.log(`| ${name}, ${attempt} | ${code} | ${time} | ${residentMegabytes()} MB | ${seen} |`);
      if (code !== 'OVERLOADED' && code !== 'TIMEOUT' && code !== 'DATABASE_UNAVAILABLE') {
        if (text.includes('xxxx')) throw new Error('The earlier state has later notes.');
        console.log(`\n${text.slice(0, 300)}\n`);
        break;
      }
    }
  }
} finally {
  await driver.close();
  await product.close();
}
