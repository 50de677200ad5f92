import type { Dependencies } from '../../engine/changes/log/graph-revisions.ts';
import { digestOf } from '../answer-text.ts';
import type { EstimatedCost, Operation } from '../request-state.ts';
import { compressed, type Encoding } from '../use-compression.ts';

/** What an answer costs beside its text, in bytes: measured with many small ones. */
const OVERHEAD = 1_500;

/** Size from which an answer is compressed, in bytes. */
const SMALLEST_COMPRESSED = 1_024;

/** What is known of the operation that an answer was made by. */
export interface AnsweredOperation {
  readonly name: string;
  readonly operation: Operation | undefined;
  readonly cost: EstimatedCost | undefined;
  /** The earlier revision that was asked about. */
  readonly revision?: number | undefined;
}

/** A complete response without errors. */
export class CachedAnswer {
  readonly dependencies: Dependencies;
  /** What was known when it was read. */
  readonly mark: number;
  readonly made: AnsweredOperation;
  /** Most answers are never asked for again: only the others are compressed. */
  #encoded: Map<Encoding, Uint8Array<ArrayBuffer>> | undefined;
  #encoding: Map<Encoding, Promise<Uint8Array<ArrayBuffer>>> | undefined;
  #text: string | Uint8Array<ArrayBuffer>;
  #digest: string | undefined;

  constructor(
    text: string | Uint8Array<ArrayBuffer>,
    dependencies: Dependencies,
    mark: number,
    made: AnsweredOperation,
  ) {
    this.#text = text;
    this.dependencies = dependencies;
    this.mark = mark;
    this.made = made;
  }

  /** The text in UTF-8, which is made once. */
  get text(): Uint8Array<ArrayBuffer> {
    // Not a part of a buffer that small texts share, which would live as long as any of them.
    if (typeof this.#text === 'string') this.#text = new TextEncoder().encode(this.#text);
    return this.#text;
  }

  /** Size of the text in UTF-8. */
  get byteLength(): number {
    return typeof this.#text === 'string' ? Buffer.byteLength(this.#text) : this.#text.byteLength;
  }

  /** Writes the text in UTF-8. */
  writeTo(bytes: Buffer, place: number): void {
    if (typeof this.#text === 'string') bytes.write(this.#text, place);
    else bytes.set(this.#text, place);
  }

  /** What it takes of the memory, at most. */
  get bytes(): number {
    let bytes = this.byteLength + OVERHEAD;
    for (const { byteLength } of this.#encoded?.values() ?? []) bytes += byteLength;
    return bytes;
  }

  /** Identifies the text. */
  get digest(): string {
    this.#digest ??= digestOf(this.#text);
    return this.#digest;
  }

  isCompressible(): boolean {
    return this.text.byteLength >= SMALLEST_COMPRESSED;
  }

  /** The compressed text, which is made once. @param grown called when it was made */
  encoded(name: Encoding, grown: () => void): Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer>> {
    this.#encoded ??= new Map();
    this.#encoding ??= new Map();
    const [encoded, encoding] = [this.#encoded, this.#encoding];
    const known = encoded.get(name) ?? encoding.get(name);
    if (known) return known;
    const making = compressed(this.text, name).then((made) => {
      encoded.set(name, made);
      grown();
      return made;
    });
    encoding.set(name, making);
    making.finally(() => encoding.delete(name)).catch(() => {});
    return making;
  }
}
