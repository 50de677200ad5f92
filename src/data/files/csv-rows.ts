import type { Fault } from '../fault.ts';

/** A row of a CSV file, with its place there. Row 0 is the first one, which names the columns. */
export type CsvRow = { readonly row: number; readonly line: number } & Row;

type Row =
  | { readonly cells: readonly string[] }
  | { readonly fault: Pick<Fault, 'expected' | 'found'>; readonly text?: string };

/** In bytes. */
const LONGEST_ROW = 2 ** 20;
/** Number of rows per chunk, or fewer if they reach this number of bytes. */
const CHUNK = 2_000;
const CHUNK_BYTES = 2 ** 21;

const [NEW_LINE, RETURN, QUOTE] = [10, 13, 34];
const BYTE_ORDER_MARK = Buffer.from('\ufeff');
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Parses the rows of a CSV file (RFC 4180) from its chunks. Skips rows without a value, also those with all their
 * delimiters, which spreadsheets write below a table. A malformed row yields an error, and the following rows are read.
 * Existing libraries silently replace bytes that are not UTF-8, and stop at a row that is too long.
 */
export async function* readRows(pieces: AsyncIterable<Buffer>, delimiter: string): AsyncGenerator<readonly CsvRow[]> {
  const cellsOf = cellReader(delimiter);
  let chunk: CsvRow[] = [];
  let inChunk = 0;
  let [row, line] = [0, 1];
  // The current row: its bytes so far, its line breaks, and whether it is within quotes.
  let rest: Buffer = Buffer.alloc(0);
  let breaks = 0;
  let quoted = false;
  let tooLong = false;

  function readRow(bytes: Buffer): Row {
    if (tooLong || bytes.length > LONGEST_ROW)
      return { fault: { expected: 'a row of at most 1 MB', found: 'a longer one' } };
    if (!quoted) return cellsOf(bytes);
    return { fault: { expected: 'a closing quote', found: 'the end of the file' }, text: bytes.toString() };
  }

  function take(own: Buffer) {
    let bytes = rest.length > 0 ? Buffer.concat([rest, own]) : own;
    if (row === 0 && bytes.subarray(0, 3).equals(BYTE_ORDER_MARK)) bytes = bytes.subarray(3);
    if (bytes.at(-1) === RETURN) bytes = bytes.subarray(0, -1);
    inChunk += bytes.length;
    const found = readRow(bytes);
    if ('fault' in found || found.cells.some((cell) => cell.trim() !== '')) {
      chunk.push({ row, line, ...found });
      row += 1;
    }
    line += breaks + 1;
    rest = Buffer.alloc(0);
    breaks = 0;
    quoted = false;
    tooLong = false;
  }

  for await (const piece of pieces) {
    let start = 0;
    for (let at = 0; at < piece.length; at += 1) {
      const byte = piece[at];
      if (byte === QUOTE) quoted = !quoted;
      else if (byte !== NEW_LINE) continue;
      // A row that is too long has lost its quotes: the next line begins another one.
      else if (quoted && !(tooLong || rest.length + at - start > LONGEST_ROW)) breaks += 1;
      else {
        take(piece.subarray(start, at));
        start = at + 1;
        if (chunk.length < CHUNK && inChunk < CHUNK_BYTES) continue;
        yield chunk;
        chunk = [];
        inChunk = 0;
      }
    }
    rest = tooLong ? rest : Buffer.concat([rest, piece.subarray(start)]);
    if (rest.length > LONGEST_ROW) {
      tooLong = true;
      rest = Buffer.alloc(0);
    }
  }
  if (rest.length > 0 || tooLong) take(Buffer.alloc(0));
  if (chunk.length > 0) yield chunk;
}

/** Reads the cells of a row. */
function cellReader(delimiter: string) {
  const separator = delimiter.replace(/\W/, '\\$&');
  const cell = new RegExp(`(?:"([^"]*(?:""[^"]*)*)"|([^"${separator}]*))(${separator}|$)`, 'y');

  function split(text: string): readonly string[] | undefined {
    if (!text.includes('"')) return text.split(delimiter);
    const cells: string[] = [];
    cell.lastIndex = 0;
    for (;;) {
      const match = cell.exec(text);
      if (!match) return undefined;
      const [, inQuotes, bare = '', ending] = match;
      cells.push(inQuotes === undefined ? bare : inQuotes.replaceAll('""', '"'));
      if (ending === '') return cells;
    }
  }

  return (bytes: Uint8Array): Row => {
    let text: string;
    try {
      text = utf8.decode(bytes);
    } catch {
      const fault = { expected: 'text in UTF-8', found: 'other bytes' };
      return { fault, text: Buffer.from(bytes).toString() };
    }
    const cells = split(text);
    if (cells) return { cells };
    const expected = 'quotes around the whole cell, and every quote inside it doubled';
    return { fault: { expected, found: 'a quote elsewhere' }, text };
  };
}
