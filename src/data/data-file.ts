import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { type Kind, kindNames, kinds } from '../ontology/kinds.ts';
import type { Fault, Faults } from './fault.ts';

/** A file of records; its name tells what they are. */
export interface DataFile {
  readonly path: string;
  readonly bytes: number;
  readonly holds: Kind | 'relations';
}

/** A value read from a file, with its place there: a record to check, or what is wrong with the text. */
export type Located = { readonly record: number } & (
  | { readonly value: unknown }
  | { readonly fault: Pick<Fault, 'expected' | 'found'> }
);

/** A `.json` file is read whole; what is larger must come line by line. */
const LARGEST_JSON = 64 * 2 ** 20;
const LONGEST_LINE = 4 * 2 ** 20;
/** So many records are handed on at once. */
const CHUNK = 2_000;

/** The name of the file of a kind, without its extension: `country-groups`. */
export const fileNameOf = (kind: Kind): string => kinds[kind].plural.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);

const contents = new Map<string, Kind | 'relations'>([
  ...kindNames.map((kind) => [fileNameOf(kind), kind] as const),
  ['relations', 'relations'],
]);

// What is referred to comes before what refers to it.
const readingOrder: readonly (Kind | 'relations')[] = [
  'Source',
  ...kindNames.filter((kind) => kind !== 'Source'),
  'relations',
];

const isData = (path: string) => ['.json', '.jsonl'].includes(extname(path));

/**
 * The data files among the given files and folders (of a folder its `.json` and `.jsonl` files), in the order in which
 * they are to be read. What is missing, or named after no kind, is a fault.
 */
export async function findDataFiles(paths: readonly string[], faults: Faults): Promise<readonly DataFile[]> {
  const found: DataFile[] = [];
  const expected = `a file named ${[...contents.keys()].join(', ')}, ending in .json or .jsonl`;

  async function add(path: string, inFolder: boolean) {
    const status = await stat(path).catch(() => undefined);
    const holds = contents.get(basename(path, extname(path)));
    if (!status) faults.add({ file: path, expected: 'a file or folder', found: 'nothing that can be read' });
    else if (status.isDirectory()) {
      if (inFolder) return;
      const names = (await readdir(path)).filter(isData).sort();
      if (names.length === 0) faults.add({ file: path, expected, found: 'a folder without any' });
      for (const name of names) await add(join(path, name), true);
    } else if (!holds || !isData(path)) faults.add({ file: path, expected, found: basename(path) });
    else if (extname(path) === '.json' && status.size > LARGEST_JSON)
      faults.add({
        file: path,
        expected: 'at most 64 MB in one .json file; use .jsonl',
        found: `${status.size} bytes`,
      });
    else found.push({ path, bytes: status.size, holds });
  }

  for (const path of new Set(paths)) await add(path, false);
  const order = ({ holds }: DataFile) => readingOrder.indexOf(holds);
  return found.sort((a, b) => order(a) - order(b));
}

/**
 * Reads the records of a file: the items of the array in a `.json` file, the lines of a `.jsonl` file, of which empty
 * ones are skipped. Text that is not UTF-8 or not JSON is handed on as a fault at its place. Reads no faster than it is
 * asked; every piece of the file goes to `onBytes` once.
 */
export function readRecords(
  { path }: DataFile,
  onBytes: (bytes: Uint8Array) => void = () => {},
): AsyncIterable<readonly Located[]> {
  return extname(path) === '.json' ? readArray(path, onBytes) : readLines(path, onBytes);
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

async function* pieces(path: string, onBytes: (bytes: Uint8Array) => void): AsyncGenerator<Buffer> {
  for await (const piece of createReadStream(path, { highWaterMark: 2 ** 18 })) {
    onBytes(piece);
    yield piece;
  }
}

async function* readArray(path: string, onBytes: (bytes: Uint8Array) => void): AsyncGenerator<readonly Located[]> {
  const parts: Buffer[] = [];
  for await (const piece of pieces(path, onBytes)) parts.push(piece);
  const parsed = parse(Buffer.concat(parts));
  if ('fault' in parsed) yield [{ record: 0, ...parsed }];
  else if (!Array.isArray(parsed.value))
    yield [{ record: 0, fault: { expected: 'an array of records', found: typeof parsed.value } }];
  else {
    const records = parsed.value.map((value: unknown, index) => ({ record: index + 1, value }));
    for (let start = 0; start < records.length; start += CHUNK) yield records.slice(start, start + CHUNK);
  }
}

async function* readLines(path: string, onBytes: (bytes: Uint8Array) => void): AsyncGenerator<readonly Located[]> {
  let line = 0;
  let rest: Buffer = Buffer.alloc(0);
  let tooLong = false;
  let chunk: Located[] = [];

  function take(bytes: Buffer) {
    line += 1;
    if (tooLong || bytes.length > LONGEST_LINE)
      chunk.push({ record: line, fault: { expected: 'a line of at most 4 MB', found: 'a longer one' } });
    else if (bytes.some((byte) => byte > 32)) chunk.push({ record: line, ...parse(bytes) });
    tooLong = false;
  }

  for await (const piece of pieces(path, onBytes)) {
    let start = 0;
    for (let end = piece.indexOf(10); end >= 0; end = piece.indexOf(10, start)) {
      const own = piece.subarray(start, end);
      take(rest.length > 0 ? Buffer.concat([rest, own]) : own);
      rest = Buffer.alloc(0);
      start = end + 1;
      if (chunk.length >= CHUNK) {
        yield chunk;
        chunk = [];
      }
    }
    rest = Buffer.concat([rest, piece.subarray(start)]);
    if (rest.length > LONGEST_LINE) {
      tooLong = true;
      rest = Buffer.alloc(0);
    }
  }
  if (rest.length > 0 || tooLong) take(rest);
  if (chunk.length > 0) yield chunk;
}

function parse(bytes: Uint8Array): { value: unknown } | { fault: Pick<Fault, 'expected' | 'found'> } {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return { fault: { expected: 'text in UTF-8', found: 'other bytes' } };
  }
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { fault: { expected: 'valid JSON', found: invalidJson(text, error) } };
  }
}

function invalidJson(text: string, error: unknown): string {
  const reason = messageOf(error)
    .replace(/,? (\.\.\.)?"[\s\S]*$/, '')
    .replace(/ (in JSON )?at position[\s\S]*$/, '')
    .replace(/\s/g, ' ');
  return text.includes('\n') ? `${reason} in line ${brokenLine(text)}` : reason;
}

/** The first line up to which the text is no beginning of JSON; not every error of V8 says where it is. */
function brokenLine(text: string): number {
  const ends = [...text.matchAll(/\n|$/g)].map(({ index }) => index);
  let [low, high] = [0, ends.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (mayGoOn(text.slice(0, (ends[middle] ?? 0) + 1))) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}

function mayGoOn(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const message = messageOf(error);
    const position = /at position (\d+)/.exec(message)?.[1];
    return message.includes('end of JSON input') || (position !== undefined && Number(position) >= text.length);
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
