import { LRUCache } from 'lru-cache';
import { bytesOf, type MemoryLine, memoryLineNames } from './memory-budget.ts';

/** What an entry takes beside its texts, about. */
const BESIDE = 100;

/** About the bytes of texts, with what an entry takes beside them. */
export const textBytes = (...texts: readonly string[]): number =>
  texts.reduce((bytes, { length }) => bytes + 2 * length, BESIDE);

/** What keeps something for later, and how much. */
export interface MemoryUser {
  /** Bytes, about. */
  readonly calculatedSize: number;
  /** Maximum, where a setting says another one than the line. */
  readonly allowed?: number;
  /** Gives up what was used least recently. */
  readonly pop?: () => unknown;
}

// Weakly, as a server that has stopped leaves its caches behind.
const usersOf = new Map<MemoryLine, Set<WeakRef<MemoryUser>>>();

function livingOf(name: MemoryLine): readonly MemoryUser[] {
  const known = usersOf.get(name);
  return [...(known ?? [])].flatMap((reference) => {
    const user = reference.deref();
    if (!user) known?.delete(reference);
    return user ?? [];
  });
}

const sumOf = (users: readonly MemoryUser[]) => users.reduce((all, { calculatedSize }) => all + calculatedSize, 0);

/** The bytes of a line that are in use. */
export const usedBytesOf = (name: MemoryLine): number => sumOf(livingOf(name));

export interface UsedMemory {
  readonly name: MemoryLine;
  readonly used: number;
  readonly allowed: number;
}

/** Used and allowed bytes of the lines that are in use. */
export const usedMemory = (): readonly UsedMemory[] =>
  memoryLineNames.flatMap((name) => {
    const users = livingOf(name);
    if (users.length === 0) return [];
    const set = users.flatMap(({ allowed }) => allowed ?? []);
    return [{ name, used: sumOf(users), allowed: set.length > 0 ? Math.max(...set) : bytesOf(name) }];
  });

/** Counts what something keeps in its line, as long as it is there. */
export function countMemory(name: MemoryLine, user: MemoryUser): void {
  const users = usersOf.get(name) ?? new Set();
  usersOf.set(name, users);
  users.add(new WeakRef(user));
}

export interface CacheOptions<Value> {
  /** About the bytes of an entry, with its key. */
  readonly sizeOf: (value: Value, key: string) => number;
  readonly dispose?: (value: Value, key: string) => void;
}

/** Keeps to the bytes of its line together with the others of it: each role and each server has one. */
class BudgetedCache<Value extends object | string | number | true> extends LRUCache<string, Value> {
  readonly #line: MemoryLine;

  constructor(line: MemoryLine, { sizeOf, dispose }: CacheOptions<Value>) {
    super({
      maxSize: bytesOf(line),
      sizeCalculation: (value, key) => Math.ceil(sizeOf(value, key)),
      ...(dispose ? { dispose } : {}),
    });
    this.#line = line;
  }

  override set(...given: Parameters<LRUCache<string, Value>['set']>): this {
    super.set(...given);
    const users = livingOf(this.#line);
    if (users.length < 2) return this;
    while (sumOf(users) > bytesOf(this.#line)) {
      users.reduce((one, other) => (other.calculatedSize > one.calculatedSize ? other : one)).pop?.();
    }
    return this;
  }
}

/** Creates a cache that evicts what was used least recently: all caches of its line together keep to the bytes of the line. */
export function createCache<Value extends object | string | number | true>(
  line: MemoryLine,
  options: CacheOptions<Value>,
): LRUCache<string, Value> {
  const cache = new BudgetedCache<Value>(line, options);
  countMemory(line, cache);
  return cache;
}
