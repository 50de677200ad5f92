import { getHeapStatistics } from 'node:v8';

const MEGABYTE = 2 ** 20;

interface Line {
  readonly holds: string;
  /** Part of the heap. */
  readonly share: number;
  /** Maximum in bytes, however large the heap is. */
  readonly most: number;
}

const line = (holds: string, share: number, megabytes: number): Line => ({ holds, share, most: megabytes * MEGABYTE });

/**
 * What the process may keep. The shares are three quarters of the heap at most; what requests need while they run takes the
 * rest. Sizes of what is kept are estimates, from the lengths of texts.
 */
export const memoryLines = {
  history: line('earlier states of the graph', 1 / 4, 512),
  answers: line('stored answers, and their compressed forms', 1 / 16, 64),
  live: line('the last answers to live questions', 1 / 16, 64),
  responses: line('responses that clients have not read yet', 1 / 16, 64),
  uploads: line('requests that have not arrived completely, over HTTP and over WebSockets, half for each', 1 / 16, 200),
  structures: line('ranks and communities', 1 / 32, 64),
  documents: line('parsed documents, and errors of those that cannot be parsed', 1 / 32, 24),
  differences: line('differences between revisions', 1 / 64, 64),
  plans: line('plans of selections', 1 / 64, 8),
  hashes: line('hashes of texts of statements', 1 / 64, 8),
  scopes: line('scopes of feeds and watches', 1 / 64, 10),
  introspection: line('answers to introspection', 1 / 64, 10),
  citations: line('formatted sources', 1 / 64, 8),
  pictures: line('pictures for previews of links', 1 / 64, 16),
  callers: line(
    'what callers have left of their rate limits, how long their turns are, their bookmarks and media types',
    1 / 64,
    16,
  ),
  statements: line('texts of traversals, and which statements Neo4j has planned or explained', 1 / 128, 8),
  costs: line('estimated costs of operations, and what they follow from', 1 / 128, 4),
  cursors: line('decoded cursors', 1 / 128, 4),
  persisted: line('documents by their hash', 1 / 128, 4),
  keys: line('checked API keys', 1 / 128, 4),
} as const satisfies Readonly<Record<string, Line>>;

export type MemoryLine = keyof typeof memoryLines;

export const memoryLineNames = Object.keys(memoryLines) as readonly MemoryLine[];

/** What is kept beside the lines: so little that a number bounds it. */
export const smallBounds = {
  logLines: { holds: 'bytes of the lines of a log that nobody has read yet', most: 8_000_000 },
  vocabularies: {
    holds: 'addresses of the server whose vocabulary of linked data is kept, for each part of the graph',
    most: 20,
  },
  rateLimits: { holds: 'different rate limits', most: 100 },
  statementNames: { holds: 'names of statements that are counted separately', most: 200 },
} as const satisfies Readonly<Record<string, { readonly holds: string; readonly most: number }>>;

/** The bytes that a line has in a heap of a size. */
export const bytesIn = (name: MemoryLine, heap: number): number => {
  const { share, most } = memoryLines[name];
  return Math.floor(Math.min(heap * share, most));
};

const heap = getHeapStatistics().heap_size_limit;

/** The bytes that a line has in this process, unless a setting says otherwise. */
export const bytesOf = (name: MemoryLine): number => bytesIn(name, heap);
