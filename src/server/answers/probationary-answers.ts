import { type Dependencies, EVERYTHING } from '../../engine/changes/log/graph-revisions.ts';
import { type AnsweredOperation, CachedAnswer } from './cached-answer.ts';

/** What tells whether an answer is current. */
export type AnswerOrigin = Pick<CachedAnswer, 'dependencies' | 'mark'>;

/**
 * Answers that nobody has asked for again, which most answers stay. They lie as bytes in few large blocks: the garbage
 * collector would move and scan objects of their own, which is most of what storing them would cost.
 */
export interface ProbationaryAnswers {
  /** What the blocks and their indexes take of the memory. */
  readonly bytes: number;
  readonly answers: number;
  has(question: string): boolean;
  /** Stores an answer. @param makeRoom called before with the number of bytes that this takes; it may drop blocks */
  add(question: string, answer: CachedAnswer, makeRoom: (bytes: number) => void): void;
  /** Removes an answer. @returns it, if it is wanted */
  take(question: string, isWanted: (origin: AnswerOrigin) => boolean): CachedAnswer | undefined;
  /** Removes an answer. */
  remove(question: string): void;
  /** Removes the block that was filled first. @returns how many answers it had; `undefined` if there is none */
  dropOldest(): number | undefined;
}

/** Answers in the order in which they were stored. A record has the lengths of its three parts, then these in UTF-8. */
interface Block {
  readonly bytes: Buffer;
  used: number;
  /** Where the record of a question begins, by the hash of the question: numbers alone. */
  readonly places: Map<number, number>;
}

interface Place {
  readonly block: Block;
  readonly place: number;
}

/** What is known of an answer beside its text. */
interface Stored extends Pick<CachedAnswer, 'mark'> {
  readonly dependencies: readonly string[] | typeof EVERYTHING;
  readonly made: AnsweredOperation;
}

/** What finding a record takes, in bytes: measured with many. */
const OVERHEAD = 100;

/** Size of the lengths at the beginning of a record, in bytes. */
const LENGTHS = 12;

/** FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/) in 31 bits, which V8 stores without an object. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let place = 0; place < text.length; place += 1) hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193);
  return hash >>> 1;
}

const listed = (dependencies: Dependencies) => (dependencies === EVERYTHING ? EVERYTHING : [...dependencies]);

/** The parts of a record: its question, what is known beside the text, and the text. */
function partsOf({ block: { bytes }, place }: Place): readonly Buffer[] {
  let begin = place + LENGTHS;
  return [0, 4, 8].map((offset) => {
    const length = bytes.readUInt32LE(place + offset);
    begin += length;
    return bytes.subarray(begin - length, begin);
  });
}

function answerOf(found: Place, isWanted: (origin: AnswerOrigin) => boolean): CachedAnswer | undefined {
  const [, known, text = Buffer.of()] = partsOf(found);
  const { dependencies: names, mark, made } = JSON.parse(String(known)) as Stored;
  const dependencies = names === EVERYTHING ? names : new Set(names);
  return isWanted({ dependencies, mark })
    ? new CachedAnswer(new Uint8Array(text), dependencies, mark, made)
    : undefined;
}

/** @param size of a block in bytes; an answer that needs more has a block of its own */
export function createProbationaryAnswers(size: number): ProbationaryAnswers {
  const blocks: Block[] = [];
  let bytes = 0;

  function find(question: string, hash: number): Place | undefined {
    for (const block of blocks) {
      const place = block.places.get(hash);
      if (place !== undefined && String(partsOf({ block, place })[0]) === question) return { block, place };
    }
    return undefined;
  }

  function remove(question: string, hash = hashOf(question)): Place | undefined {
    const found = find(question, hash);
    if (found?.block.places.delete(hash)) bytes -= OVERHEAD;
    return found;
  }

  /** The last block, if a record of this length fits. */
  function roomyBlock(length: number): Block | undefined {
    const newest = blocks.at(-1);
    return newest && newest.used + length <= newest.bytes.length ? newest : undefined;
  }

  function blockFor(length: number, makeRoom: (bytes: number) => void): Block {
    const needed = Math.max(size, length);
    const [oldest] = blocks;
    makeRoom(OVERHEAD + (roomyBlock(length) ? 0 : needed));
    const roomy = roomyBlock(length);
    if (roomy) return roomy;
    // The memory of a block that has made room is used at once, as the garbage collector might take its time to free it.
    const isReused = oldest !== undefined && oldest !== blocks[0] && oldest.bytes.length === needed;
    const memory = isReused ? oldest.bytes : Buffer.allocUnsafeSlow(needed);
    const block = { bytes: memory, used: 0, places: new Map<number, number>() };
    blocks.push(block);
    bytes += needed;
    return block;
  }

  return {
    get bytes() {
      return bytes;
    },
    get answers() {
      return blocks.reduce((sum, { places }) => sum + places.size, 0);
    },
    has: (question) => find(question, hashOf(question)) !== undefined,
    add(question, answer, makeRoom) {
      const hash = hashOf(question);
      remove(question, hash);
      const { dependencies, mark, made } = answer;
      const known = JSON.stringify({ dependencies: listed(dependencies), mark, made } satisfies Stored);
      const lengths = [Buffer.byteLength(question), Buffer.byteLength(known), answer.byteLength] as const;
      const length = LENGTHS + lengths[0] + lengths[1] + lengths[2];
      const block = blockFor(length, makeRoom);
      const place = block.used;
      for (const [number, length] of lengths.entries()) block.bytes.writeUInt32LE(length, place + 4 * number);
      block.bytes.write(question, place + LENGTHS);
      block.bytes.write(known, place + LENGTHS + lengths[0]);
      answer.writeTo(block.bytes, place + LENGTHS + lengths[0] + lengths[1]);
      block.used += length;
      // Another question with the same hash in this block is forgotten.
      if (!block.places.has(hash)) bytes += OVERHEAD;
      block.places.set(hash, place);
    },
    take(question, isWanted) {
      const found = remove(question);
      return found && answerOf(found, isWanted);
    },
    remove: (question) => void remove(question),
    dropOldest() {
      const block = blocks.shift();
      if (!block) return undefined;
      bytes -= block.bytes.length + OVERHEAD * block.places.size;
      return block.places.size;
    },
  };
}
