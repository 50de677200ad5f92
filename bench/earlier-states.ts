import { createReadStream, createWriteStream, type WriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { getHeapStatistics } from 'node:v8';
import neo4j, { types } from 'neo4j-driver';
import { cooperation as ontology } from '../src/cooperation/ontology.ts';
import { syntheticShape } from '../src/cooperation/synthetic-shape.ts';
import { fileNameOf } from '../src/doors/data/files/data-file.ts';
import { generate, labsOf } from '../src/doors/data/generate/generate.ts';
import { entityState, storedEntity, storedRelation } from '../src/engine/changes/apply/stored-form.ts';
import type { Graph } from '../src/engine/graph/graph.ts';
import { type ConnectionPlan, nothingOfTheEdge } from '../src/engine/reads/plan.ts';
import { createMemoryReader, paceOf } from '../src/graphql/loaders/memory-reader.ts';
import type { GraphSnapshot } from '../src/history/memory/graph-snapshot.ts';
import { createGraphStates } from '../src/history/revisions/graph-states.ts';
import { heap } from '../tests/setup/heap.ts';

// What an earlier state of a synthetic graph takes: its memory, and the time of questions about it. The records come from the
// files of `generate` rather than from a database, as the statements of a read return them, and the log is made up.
const { values: options } = parseArgs({
  options: { labs: { type: 'string', default: 'medium' }, changes: { type: 'string', default: '1000' } },
});
const labs = labsOf(options.labs);
const changes = Number(options.changes);

const folder = await mkdtemp(join(tmpdir(), 'silkgraph-earlier-'));
/** Pages of the lines of a file; none of it stays in memory. */
function pagesOf<Row>(file: string, rowOf: (record: Record<string, unknown>) => Row) {
  const lines = createInterface({ input: createReadStream(join(folder, file)) })[Symbol.asyncIterator]();
  return async (size: number): Promise<readonly Row[]> => {
    const rows: Row[] = [];
    while (rows.length < size) {
      const { value, done } = await lines.next();
      if (done) break;
      rows.push(rowOf(JSON.parse(value)));
    }
    return rows;
  };
}

/** Relations come in one file of all types, and are read type by type. */
async function splitRelations(): Promise<void> {
  const files = new Map<string, WriteStream>(
    ontology.relationTypes.map((type) => [type, createWriteStream(join(folder, `${type}.jsonl`))]),
  );
  for await (const line of createInterface({ input: createReadStream(join(folder, 'relations.jsonl')) })) {
    const file = files.get(String(JSON.parse(line).type));
    if (file && !file.write(`${line}\n`)) await new Promise<void>((resolve) => file.once('drain', resolve));
  }
  await Promise.all([...files.values()].map((file) => finished(file.end())));
}

const own = { _revision: 1, _createdAt: '2026-01-01T00:00:00Z', _updatedAt: '2026-01-01T00:00:00Z' };

/** A graph whose statements are answered from the files, with a log in which laboratories got their names. */
async function graphOfFiles(): Promise<Graph> {
  const log: object[] = [];
  const nextLab = pagesOf(`${fileNameOf(ontology, 'Lab')}.jsonl`, (record) => record);
  for (const { id, ...record } of await nextLab(changes)) {
    const sequence = log.length + 1;
    const after = entityState(ontology, 'Lab', storedEntity(ontology, 'Lab', { id, ...record }));
    log.push({
      sequence,
      transaction: `transaction ${sequence}`,
      at: types.DateTime.fromStandardDate(new Date()),
      author: 'someone',
      subject: 'ENTITY',
      action: 'UPDATED',
      kind: 'Lab',
      entity: id,
      revision: 2,
      before: JSON.stringify({ ...after, name: `Former name ${sequence}` }),
      after: JSON.stringify(after),
    });
  }
  const pages = new Map<string, (size: number) => Promise<readonly (readonly unknown[])[]>>([
    ...ontology.kindNames.map(
      (kind) =>
        [
          `state-${kind}`,
          pagesOf(`${fileNameOf(ontology, kind)}.jsonl`, (record) => [
            record.id,
            { ...storedEntity(ontology, kind, record), ...own },
          ]),
        ] as const,
    ),
    ...ontology.relationTypes.map(
      (type) =>
        [
          `state-${type}`,
          pagesOf(`${type}.jsonl`, (record) => [record.from, record.to, storedRelation(ontology, type, record)]),
        ] as const,
    ),
  ]);
  async function answer(name: string, given: object): Promise<readonly (readonly unknown[])[]> {
    const parameters: Record<string, unknown> = { ...given };
    const number = (key: string) => neo4j.int(Number(parameters[key])).toNumber();
    const page = pages.get(name);
    if (page) return page(number('limit'));
    if (name === 'state-standing') return [[changes, changes, true]];
    if (name === 'state-lock-log') return [[changes, `transaction ${changes}`]];
    if (name === 'state-touched') return [];
    if (name === 'transaction-extent') {
      const sequence = number('sequence');
      return [[`transaction ${sequence}`, sequence, sequence]];
    }
    if (name === 'changes-stretch-back') return [[Math.max(number('after'), number('until') - number('first')) + 1]];
    if (name === 'changes') {
      const found = log.slice(number('after'), number('after') + number('first'));
      return [[changes, found, null, false, JSON.stringify(found).length]];
    }
    if (name === 'state-times') return (parameters.slugs as readonly string[]).map((slug) => [slug, null, null]);
    throw new Error(`No answer to ${name}.`);
  }
  return {
    ontology,
    // biome-ignore lint/suspicious/noExplicitAny: it answers statements by their names.
    read: async ({ name }, parameters): Promise<any> => answer(name, parameters),
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    write: (work) => work(async ({ name }, parameters): Promise<any> => answer(name, parameters)),
  };
}

const listOfLabs: ConnectionPlan = {
  shape: 'connection',
  relation: null,
  target: { kind: 'Lab', columns: { name: 1 }, prefetched: {}, relations: {} },
  shared: false,
  filter: { all: [] },
  order: [
    { by: { property: 'name' }, type: 'string', descending: true, nullable: false },
    { by: { property: 'id' }, type: 'string', descending: false, nullable: false },
  ],
  page: { size: 5, after: null, before: null, backward: false },
  edge: nothingOfTheEdge,
  wants: { rows: true, totalCount: true, hasNextPage: true, hasPreviousPage: false },
  facets: {},
  indexScanAbove: null,
  isScanCheap: true,
  areTargetsScanCheap: true,
  signature: '',
};

async function timed<Answer>(what: string, work: () => Promise<Answer>): Promise<Answer> {
  const cpu = process.cpuUsage();
  const begun = performance.now();
  let longest = 0;
  let last = begun;
  let isOver = false;
  const look = () => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
    if (!isOver) setImmediate(look);
  };
  setImmediate(look);
  const answer = await work();
  isOver = true;
  const used = process.cpuUsage(cpu);
  const seconds = ((used.user + used.system) / 1e6).toFixed(2);
  const took = ((performance.now() - begun) / 1000).toFixed(2);
  console.log(`| ${what} | ${took} s | ${seconds} s | ${longest.toFixed(0)} ms |`);
  return answer;
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;

async function measure(): Promise<void> {
  await generate(ontology, { labs, out: folder, shape: syntheticShape });
  await splitRelations();
  const graph = await graphOfFiles();
  const states = createGraphStates(graph);
  const at = (revision: number) => ({ revision, transaction: `transaction ${revision}` });
  console.log(`Heap limit ${megabytes(getHeapStatistics().heap_size_limit)}.\n`);
  console.log('| question | time | processor | longest turn |\n| --- | --: | --: | --: |');
  const before = heap();
  const whole = await timed('the first one, which reads the graph', () => states.at(at(changes)));
  const taken = heap() - before;
  const past = await timed(`${changes} changes ago`, () => states.at(at(1)));
  const reader = createMemoryReader(past, paceOf({ timeout: 120_000 }));
  await timed('a page of 5 laboratories by name', () => reader.page(listOfLabs));
  const count = (state: GraphSnapshot) => state.count('Entity');
  let relations = 0;
  for (const type of ontology.relationTypes) for (const _ of whole.relations(type)) relations += 1;
  const records = count(whole) + relations;
  console.log(`\n${count(whole)} entities, ${relations} relations.`);
  console.log(
    `Heap ${megabytes(taken)}, ${Math.round(taken / records)} bytes a record; estimated ${megabytes(states.bytes)}.`,
  );
  console.log(
    `Of them of an earlier name: ${past.entity('lab-0')?.form.name ?? [...past.entities('Lab')].at(-1)?.form.name}.`,
  );
}

try {
  await measure();
} finally {
  await rm(folder, { recursive: true, force: true });
}
