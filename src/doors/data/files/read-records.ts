import { open } from 'node:fs/promises';
import { fieldOf, isFields } from '../../../engine/changes/check/check-properties.ts';
import { didYouMean } from '../../../engine/changes/check/did-you-mean.ts';
import { quoted } from '../../../engine/changes/check/quoted.ts';
import type { RecordFields } from '../../../engine/changes/record-fields.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import { type CsvRow, readRows } from './csv-rows.ts';
import { type DataFile, extensionOf, heldIn, type Located, nameOf, WHOLE_GRAPH } from './data-file.ts';
import { parseJson } from './parse-json.ts';
import type { TableMapping } from './table-mapping.ts';
import { createTableReader, type TableReader } from './table-records.ts';

/** In bytes. */
const PIECE = 2 ** 18;
const LONGEST_LINE = 2 ** 20;
/** Number of records per chunk, or fewer if they reach this number of bytes. */
const CHUNK = 2_000;
const CHUNK_BYTES = 2 ** 21;

/**
 * Reads the records of a file: the items of the array in a `.json` file, the non-empty lines of a `.jsonl` file, the
 * results of the rows of a `.csv` file. Unreadable text yields an error with its place. It reads only on demand. Every
 * piece of the file goes to `onBytes` before any record is read from it; the same file yields the same pieces.
 */
export function readRecords(
  ontology: Ontology,
  file: DataFile,
  onBytes: (bytes: Uint8Array) => void = () => {},
): AsyncIterable<readonly Located[]> {
  const pieces = readPieces(file.path, onBytes);
  if (file.mapping) return readTable(ontology, pieces, file, file.mapping);
  return extensionOf(file.path) === '.json' ? readArrays(ontology, pieces, file) : readLines(ontology, pieces, file);
}

async function* readPieces(path: string, onBytes: (bytes: Uint8Array) => void): AsyncGenerator<Buffer> {
  const file = await open(path);
  try {
    for (;;) {
      const piece = Buffer.allocUnsafe(PIECE);
      let length = 0;
      let more = 1;
      // A read may return fewer bytes than requested.
      while (more > 0 && length < PIECE) {
        more = (await file.read(piece, length, PIECE - length)).bytesRead;
        length += more;
      }
      if (length === 0) return;
      onBytes(piece.subarray(0, length));
      yield piece.subarray(0, length);
    }
  } finally {
    await file.close();
  }
}

async function* readArrays(
  ontology: Ontology,
  pieces: AsyncIterable<Buffer>,
  file: DataFile,
): AsyncGenerator<readonly Located[]> {
  const parts: Buffer[] = [];
  for await (const piece of pieces) parts.push(piece);
  const parsed = parseJson(Buffer.concat(parts));
  const found = 'fault' in parsed ? [{ record: 0, fault: parsed.fault }] : recordsIn(ontology, parsed.value, file);
  const records = file.again ? found.filter((located) => !('fault' in located)) : found;
  for (let start = 0; start < records.length; start += CHUNK) yield records.slice(start, start + CHUNK);
}

function recordsIn(ontology: Ontology, value: unknown, { path, holds }: DataFile): readonly Located[] {
  const isWhole = nameOf(path) === WHOLE_GRAPH;
  if (!isWhole || !isFields(value)) {
    const expected = isWhole ? 'an object of arrays, named like the files of their kinds' : 'an array of records';
    if (!Array.isArray(value) || holds === 'others' || isWhole)
      return [{ record: 0, fault: { expected, found: typeof value } }];
    return value.map((value: unknown, index) => ({ record: index + 1, holds, value }));
  }
  let record = 0;
  return Object.entries(value).flatMap(([name, items]): readonly Located[] => {
    const held = heldIn(ontology, name);
    if (!held || !Array.isArray(items)) {
      const expected = 'only arrays, named like the files of their kinds';
      return [{ record: 0, fault: { expected, found: held ? `${name}: ${quoted(items)}` : quoted(name) } }];
    }
    const located = items.map((value: unknown) => {
      record += 1;
      return { record, holds: held, value };
    });
    return isIn(ontology, held, holds) ? located : [];
  });
}

/** Whether a record belongs to a reading of its file. */
const isIn = ({ provenance }: Ontology, held: string, holds: DataFile['holds']) =>
  held === holds || (holds === 'others' && held !== provenance?.kind && held !== 'relations');

async function* readLines(
  ontology: Ontology,
  pieces: AsyncIterable<Buffer>,
  file: DataFile,
): AsyncGenerator<readonly Located[]> {
  const isWhole = nameOf(file.path) === WHOLE_GRAPH;
  let line = 0;
  let rest: Buffer = Buffer.alloc(0);
  let tooLong = false;
  let chunk: Located[] = [];
  let inChunk = 0;

  function take(bytes: Buffer) {
    line += 1;
    inChunk += bytes.length;
    if (tooLong || bytes.length > LONGEST_LINE)
      add({ record: line, fault: { expected: 'a line of at most 1 MB', found: 'a longer one' } });
    else if (bytes.some((byte) => byte > 32)) {
      const parsed = parseJson(bytes);
      if ('fault' in parsed) add({ record: line, ...parsed });
      else if (isWhole) add(selfNamed(ontology, line, parsed.value));
      else if (file.holds !== 'others') add({ record: line, holds: file.holds, value: parsed.value });
    }
    tooLong = false;
  }

  function add(located: Located) {
    if ('fault' in located ? !file.again : !isWhole || isIn(ontology, located.holds, file.holds)) chunk.push(located);
  }

  for await (const piece of pieces) {
    let start = 0;
    for (let end = piece.indexOf(10); end >= 0; end = piece.indexOf(10, start)) {
      const own = piece.subarray(start, end);
      take(rest.length > 0 ? Buffer.concat([rest, own]) : own);
      rest = Buffer.alloc(0);
      start = end + 1;
      if (chunk.length >= CHUNK || inChunk >= CHUNK_BYTES) {
        yield chunk;
        chunk = [];
        inChunk = 0;
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

/** A record that contains its own kind; a relation has none. */
function selfNamed({ isKind, kindNames }: Ontology, record: number, value: unknown): Located {
  if (!isFields(value) || !Object.hasOwn(value, 'kind')) return { record, holds: 'relations', value };
  const kind = fieldOf(value, 'kind');
  if (typeof kind === 'string' && isKind(kind)) {
    const { kind: _, ...rest } = value;
    return { record, holds: kind, value: rest };
  }
  const meant = typeof kind === 'string' ? didYouMean(kind, kindNames) : undefined;
  const expected = `a kind${meant ? ` (did you mean ${meant}?)` : ''}`;
  return { record, fault: { expected, found: quoted(kind) }, text: JSON.stringify(value) };
}

async function* readTable(
  ontology: Ontology,
  pieces: AsyncIterable<Buffer>,
  file: DataFile,
  mapping: TableMapping,
): AsyncGenerator<readonly Located[]> {
  let header: readonly string[] | undefined;
  let reader: TableReader | undefined;
  let empty = true;

  function located(row: CsvRow): readonly Located[] {
    const faultAt = (fault: { readonly expected: string; readonly found: string }, text?: string) =>
      file.again
        ? []
        : [{ record: row.row, line: row.line, fault, ...(text === undefined ? {} : { text }) } satisfies Located];
    if ('fault' in row) return faultAt(row.fault, row.text);
    const { cells, row: record, line } = row;
    if (!header) {
      if (record > 0) return [];
      header = cells;
      reader = createTableReader(ontology, mapping, cells);
      return reader.faults.flatMap((fault) => faultAt(fault));
    }
    const columns = header;
    if (!reader || reader.faults.length > 0) return [];
    if (cells.length !== columns.length)
      return faultAt(
        { expected: `${columns.length} cells, as in the header row`, found: `${cells.length}` },
        cells.join(mapping.delimiter),
      );
    const rowOf = (): RecordFields => Object.fromEntries(columns.map((name, index) => [name, cells[index] ?? '']));
    const records = file.holds === 'relations' ? reader.relationsOf(cells) : reader.entitiesOf(cells);
    return records.map((found) => ({ record, line, ...found, row: rowOf }));
  }

  for await (const rows of readRows(pieces, mapping.delimiter)) {
    empty = false;
    yield rows.flatMap(located);
  }
  if (empty && !file.again) {
    yield [{ record: 0, fault: { expected: 'a header row with the names of the columns', found: 'none' } }];
  }
}
