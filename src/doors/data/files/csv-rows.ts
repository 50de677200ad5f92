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

/** Where a row is read: at the start of a cell, in one without or with quotes, or behind a quote that may close it. */
type Place = 'start' | 'bare' | 'quoted' | 'closed';

/** What follows a quote: it opens a cell only at its start, so a stray one hides nothing beyond its row. */
const afterQuote: Readonly<Record<Place, Place>> = {
  start: 'quoted',
  bare: 'bare',
  quoted: 'closed',
  closed: 'quoted',
};

/**
 * Parses the rows of a CSV file (RFC 4180) from its chunks; the delimiter is an ASCII character. Skips rows without a
 * value, also those with all their delimiters, which spreadsheets write below a table. A malformed row yields an error,
 * and the following rows are read.
 * Existing libraries silently replace bytes that are not UTF-8, and stop at a row that is too long.
 */
export async function* readRows(pieces: AsyncIterable<Buffer>, delimiter: string): AsyncGenerator<readonly CsvRow[]> {
  const cellsOf = cellReader(delimiter);
  const separator = delimiter.charCodeAt(0);
  let chunk: CsvRow[] = [];
  let inChunk = 0;
  let [row, line] = [0, 1];
  // What is not yet in a row, as far as it is read, and where in the row that is.
  let rest: Buffer = Buffer.alloc(0);
  let [read, breaks] = [0, 0];
  let place = 'start' as Place;
  let opening = { at: 0, breaks: 0 };
  let tooLong = false;

  function take(own: Buffer, isClosed = true) {
    let bytes = own;
    if (row === 0 && bytes.subarray(0, 3).equals(BYTE_ORDER_MARK)) bytes = bytes.subarray(3);
    if (bytes.at(-1) === RETURN) bytes = bytes.subarray(0, -1);
    inChunk += bytes.length;
    const found = readRow(bytes, isClosed);
    if ('fault' in found || found.cells.some((cell) => cell.trim() !== '')) {
      chunk.push({ row, line, ...found });
      row += 1;
    }
    line += breaks + 1;
    [read, breaks] = [0, 0];
    place = 'start';
    tooLong = false;
  }

  const readRow = (bytes: Buffer, isClosed: boolean): Row => {
    if (tooLong || bytes.length > LONGEST_ROW)
      return { fault: { expected: 'a row of at most 1 MB', found: 'a longer one' } };
    if (isClosed) return cellsOf(bytes);
    return { fault: { expected: 'a closing quote', found: 'none' }, text: bytes.toString() };
  };

  /**
   * Takes a row up to the end of the line with the quote that nothing closes as it should. @returns where the next line
   * begins. Quotes up to here are doubled, so no line is read more than twice.
   */
  function takeUnclosed(bytes: Buffer, start: number): number {
    const end = bytes.indexOf(NEW_LINE, start + opening.at);
    breaks = opening.breaks;
    take(bytes.subarray(start, end < 0 ? bytes.length : end), false);
    return end < 0 ? bytes.length : end + 1;
  }

  /** Takes the rows that end in these bytes, in chunks. @returns what is left of them */
  function* takeRows(bytes: Buffer): Generator<readonly CsvRow[], Buffer> {
    let start = 0;
    for (let at = read; at < bytes.length; at += 1) {
      const byte = bytes[at];
      if (byte === QUOTE) {
        if (place === 'start') opening = { at: at - start, breaks };
        place = afterQuote[place];
        continue;
      }
      if (place === 'quoted') {
        if (byte === NEW_LINE) breaks += 1;
        continue;
      }
      if (byte === NEW_LINE) {
        take(bytes.subarray(start, at));
        start = at + 1;
      } else if (byte === separator) {
        place = 'start';
        continue;
      } else if (place === 'closed' && byte !== RETURN && breaks > opening.breaks) {
        start = takeUnclosed(bytes, start);
        at = start - 1;
      } else {
        place = 'bare';
        continue;
      }
      if (chunk.length < CHUNK && inChunk < CHUNK_BYTES) continue;
      yield chunk;
      chunk = [];
      inChunk = 0;
    }
    read = bytes.length - start;
    return bytes.subarray(start);
  }

  for await (const piece of pieces) {
    rest = yield* takeRows(rest.length > 0 ? Buffer.concat([rest, piece]) : piece);
    while (rest.length > LONGEST_ROW) {
      if (place === 'quoted' && breaks > opening.breaks) {
        rest = yield* takeRows(rest.subarray(takeUnclosed(rest, 0)));
      } else {
        // It has lost its quotes: the next line begins another row.
        [rest, read, place, tooLong] = [Buffer.alloc(0), 0, 'bare', true];
      }
    }
  }
  while (place === 'quoted') rest = yield* takeRows(rest.subarray(takeUnclosed(rest, 0)));
  if (rest.length > 0 || tooLong) take(rest);
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
