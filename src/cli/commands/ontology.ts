import { lstat, mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { openDriver } from '../../engine/database/open-driver.ts';
import { verifyDatabase } from '../../engine/database/verify-database.ts';
import { counted } from '../adoption/english.ts';
import type { Draft } from '../adoption/inference/draft.ts';
import { inferOntology } from '../adoption/inference/infer-ontology.ts';
import { printOntology } from '../adoption/inference/print-ontology.ts';
import { accessTo } from '../adoption/neo4j-access.ts';
import { csvMapping } from '../adoption/profiling/csv-mapping.ts';
import { lookAtCsv, NoTables } from '../adoption/profiling/look-at-csv.ts';
import { lookAtNeo4j } from '../adoption/profiling/look-at-neo4j.ts';
import { findDatabase } from '../managed-database/find-database.ts';
import type { Session } from './session/session.ts';
import { unlessStopped } from './session/unless-stopped.ts';

interface OutFlags {
  readonly out: string;
}

/** Refuses files that are there, which may hold decisions of people, before anything is read for minutes. */
async function refuseThere(...files: readonly string[]): Promise<void> {
  for (const file of files) {
    const isThere = file !== '-' && (await lstat(file).catch(() => undefined)) !== undefined;
    if (isThere) throw new InvalidArgumentError(`${file} exists already. Name another file with --out, or delete it.`);
  }
}

async function writeNew(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text, { flag: 'wx' });
}

/** Writes a draft to a new file, or to standard output. */
async function writeDraft({ screen }: Session, draft: Draft, out: string): Promise<void> {
  if (draft.kinds.length === 0) {
    const reasons = draft.leftOut.map((reason) => `\n  ${reason}`).join('');
    throw new InvalidArgumentError(`There is nothing that an ontology could be made of.${reasons}`);
  }
  const text = printOntology(draft);
  if (out === '-') {
    screen.say(text.trimEnd());
    return;
  }
  await writeNew(out, text);
  const { kinds, relations, leftOut } = draft;
  screen.say(
    `${out}: ${counted(kinds.length, 'kind')}, ${counted(relations.length, 'relation')}, ${leftOut.length} left out.`,
  );
  screen.say('It is a first draft. Decide what its comments mark with "decide:".');
}

function readSample(text: string): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (number > 0) return number;
  throw new InvalidArgumentError(`--sample is ${JSON.stringify(text)}; it must be a whole number from 1.`);
}

/** Drafts an ontology from what a database holds. Only reads it. */
export async function draftFromNeo4j(session: Session, flags: OutFlags & { readonly sample: string }): Promise<void> {
  const { config, screen, signal } = session;
  const sample = readSample(flags.sample);
  await refuseThere(flags.out);
  const report = flags.out === '-' ? () => {} : (step: string) => screen.say(`${step}.`);
  const database = await findDatabase(config, report, signal);
  const driver = openDriver(database.address);
  try {
    const { address } = database;
    await verifyDatabase(driver, address, database.patience);
    const place = address.database === undefined ? address.uri : `${address.uri} (${address.database})`;
    const seen = await unlessStopped(signal, lookAtNeo4j(accessTo(driver, address), { sample, place }));
    await writeDraft(session, inferOntology(seen), flags.out);
  } finally {
    await driver.close();
    await database.close();
  }
}

/** Drafts an ontology from the CSV files of a folder. */
export async function draftFromCsv(session: Session, folder: string, { out }: OutFlags): Promise<void> {
  const mapping = out === '-' ? out : out.replace(/(?:\.[cm]?js)?$/, '.mapping.json');
  await refuseThere(out, mapping);
  const seen = await unlessStopped(session.signal, lookAtCsv(folder)).catch((error: unknown) => {
    throw error instanceof NoTables ? new InvalidArgumentError(error.message) : error;
  });
  const draft = inferOntology(seen);
  await writeDraft(session, draft, out);
  if (out === '-') return;
  await writeNew(mapping, `${JSON.stringify(csvMapping(draft, seen), null, 2)}\n`);
  session.screen.say(`${mapping}: how silkgraph import --mapping reads the files.`);
}
