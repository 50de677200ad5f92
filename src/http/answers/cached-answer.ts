import { createHash } from 'node:crypto';
import type { Dependencies } from '../../changes/log/graph-revisions.ts';
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
  readonly text: Uint8Array<ArrayBuffer>;
  readonly dependencies: Dependencies;
  /** What was known when it was read. */
  readonly mark: number;
  readonly made: AnsweredOperation;
  readonly #encoded = new Map<Encoding, Uint8Array<ArrayBuffer>>();
  readonly #encoding = new Map<Encoding, Promise<Uint8Array<ArrayBuffer>>>();
  #digest: string | undefined;

  constructor(text: string, dependencies: Dependencies, mark: number, made: AnsweredOperation) {
    // Not a part of a buffer that small texts share, which would live as long as any of them.
    this.text = new TextEncoder().encode(text);
    this.dependencies = dependencies;
    this.mark = mark;
    this.made = made;
  }

  get bytes(): number {
    return (
      [...this.#encoded.values()].reduce((sum, { byteLength }) => sum + byteLength, this.text.byteLength) + OVERHEAD
    );
  }

  /** Identifies the text. */
  get digest(): string {
    this.#digest ??= createHash('sha256').update(this.text).digest('base64url').slice(0, 22);
    return this.#digest;
  }

  isCompressible(): boolean {
    return this.text.byteLength >= SMALLEST_COMPRESSED;
  }

  /** The compressed text, which is made once. @param grown called when it was made */
  encoded(encoding: Encoding, grown: () => void): Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer>> {
    const known = this.#encoded.get(encoding) ?? this.#encoding.get(encoding);
    if (known) return known;
    const making = compressed(this.text, encoding).then((made) => {
      this.#encoded.set(encoding, made);
      grown();
      return made;
    });
    this.#encoding.set(encoding, making);
    making.finally(() => this.#encoding.delete(encoding)).catch(() => {});
    return making;
  }
}
