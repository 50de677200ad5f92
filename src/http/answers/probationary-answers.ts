import { type Dependencies, EVERYTHING } from '../../changes/log/graph-revisions.ts';
import { type AnsweredOperation, CachedAnswer } from './cached-answer.ts';

/**
 * Answers that nobody has asked for again, which most answers stay. They lie as bytes in few large blocks: objects of their
 * own would be moved and looked through by the garbage collector, which is most of what storing them would cost.
 */
export interface ProbationaryAnswers {
  /** What the blocks and the questions take of the memory. */
  readonly bytes: number;
  readonly answers: number;
  has(question: string): boolean;
  /** @returns false if it is too large for a block */
  add(question: string, answer: CachedAnswer): boolean;
  /** Removes and returns an answer. */
  take(question: string): CachedAnswer | undefined;
  /** Removes the answers that were stored first. @returns their number; `undefined` if there are none */
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

/** Of 31 bits, so that V8 needs no object for it (http://www.isthe.com/chongo/tech/comp/fnv/). Equal hashes are told apart. */
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

function answerOf(found: Place): CachedAnswer {
  const [, known, text = Buffer.of()] = partsOf(found);
  const { dependencies, mark, made } = JSON.parse(String(known)) as Stored;
  return new CachedAnswer(
    new Uint8Array(text),
    dependencies === EVERYTHING ? dependencies : new Set(dependencies),
    mark,
    made,
  );
}

/** @param size of a block, in bytes */
export function createProbationaryAnswers(size: number): ProbationaryAnswers {
  const blocks: Block[] = [];
  /** Of a block that was dropped, for the next one: it is not left to the garbage collector, which might take its time. */
  let spare: Buffer | undefined;
  let bytes = 0;

  function blockFor(length: number): Block {
    const newest = blocks.at(-1);
    if (newest && newest.used + length <= size) return newest;
    if (!spare) bytes += size;
    const block = { bytes: spare ?? Buffer.allocUnsafeSlow(size), used: 0, places: new Map<number, number>() };
    spare = undefined;
    blocks.push(block);
    return block;
  }

  function find(question: string, hash: number): Place | undefined {
    for (const block of blocks) {
      const place = block.places.get(hash);
      if (place !== undefined && String(partsOf({ block, place })[0]) === question) return { block, place };
    }
    return undefined;
  }

  function remove({ block }: Place, hash: number): void {
    block.places.delete(hash);
    bytes -= OVERHEAD;
  }

  return {
    get bytes() {
      return bytes;
    },
    get answers() {
      return blocks.reduce((sum, { places }) => sum + places.size, 0);
    },
    has: (question) => find(question, hashOf(question)) !== undefined,
    add(question, answer) {
      const hash = hashOf(question);
      const earlier = find(question, hash);
      if (earlier) remove(earlier, hash);
      const { dependencies, mark, made } = answer;
      const known = JSON.stringify({ dependencies: listed(dependencies), mark, made } satisfies Stored);
      const lengths = [Buffer.byteLength(question), Buffer.byteLength(known), answer.byteLength] as const;
      const length = LENGTHS + lengths[0] + lengths[1] + lengths[2];
      if (length > size) return false;
      const block = blockFor(length);
      const place = block.used;
      for (const [number, length] of lengths.entries()) block.bytes.writeUInt32LE(length, place + 4 * number);
      block.bytes.write(question, place + LENGTHS);
      block.bytes.write(known, place + LENGTHS + lengths[0]);
      answer.writeTo(block.bytes, place + LENGTHS + lengths[0] + lengths[1]);
      block.used += length;
      // Another question with the same hash is forgotten.
      if (!block.places.has(hash)) bytes += OVERHEAD;
      block.places.set(hash, place);
      return true;
    },
    take(question) {
      const hash = hashOf(question);
      const found = find(question, hash);
      if (found) remove(found, hash);
      return found && answerOf(found);
    },
    dropOldest() {
      const block = blocks.shift();
      if (!block) return undefined;
      bytes -= OVERHEAD * block.places.size + (spare ? size : 0);
      spare = block.bytes;
      return block.places.size;
    },
  };
}
