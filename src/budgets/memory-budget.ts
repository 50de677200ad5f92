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
 * What the process may keep. The shares are two thirds of the heap; what requests need while they run takes the rest. Sizes of
 * what is kept are estimates, from the lengths of texts.
 */
export const memoryLines = {
  history: line('earlier states of the graph', 1 / 4, 512),
  answers: line('stored answers, and their compressed forms', 1 / 16, 64),
  live: line('the last answers to live questions', 1 / 16, 64),
  responses: line('responses that clients have not read yet', 1 / 16, 64),
  uploads: line('bodies of requests that are not complete', 1 / 16, 100),
  documents: line('parsed documents, and errors of those that cannot be parsed', 1 / 32, 24),
  plans: line('plans of selections', 1 / 64, 8),
  hashes: line('hashes of texts of statements', 1 / 64, 8),
  scopes: line('scopes of feeds and watches', 1 / 64, 10),
  introspection: line('answers to introspection', 1 / 64, 10),
  citations: line('formatted sources', 1 / 64, 8),
  pictures: line('pictures for previews of links', 1 / 64, 16),
  callers: line('what callers have left of their rate limits', 1 / 64, 16),
  costs: line('estimated costs of operations', 1 / 128, 4),
  cursors: line('decoded cursors', 1 / 128, 4),
  persisted: line('documents by their hash', 1 / 128, 4),
  keys: line('checked API keys', 1 / 128, 4),
} as const satisfies Readonly<Record<string, Line>>;

export type MemoryLine = keyof typeof memoryLines;

export const memoryLineNames = Object.keys(memoryLines) as readonly MemoryLine[];

/** The bytes that a line has in a heap of a size. */
export const bytesIn = (name: MemoryLine, heap: number): number => {
  const { share, most } = memoryLines[name];
  return Math.floor(Math.min(heap * share, most));
};

const heap = getHeapStatistics().heap_size_limit;

/** The bytes that a line has in this process, unless a setting says otherwise. */
export const bytesOf = (name: MemoryLine): number => bytesIn(name, heap);
