import { LRUCache } from 'lru-cache';
import { bytesOf, type MemoryLine, memoryLineNames } from './memory-budget.ts';

/** What an entry takes beside its texts, about. */
const BESIDE = 100;

/** About the bytes of texts, with what an entry takes beside them. */
export const textBytes = (...texts: readonly string[]): number =>
  texts.reduce((bytes, { length }) => bytes + 2 * length, BESIDE);

/** What keeps something for later, and how much. */
interface MemoryUser {
  /** Bytes, about. */
  readonly calculatedSize: number;
  /** Maximum, where a setting says another one than the line. */
  readonly allowed?: number | undefined;
  /** Gives up what was used least recently. */
  readonly pop?: () => unknown;
}

// Weakly, as a server that has stopped leaves its caches behind.
const usersOf = new Map<MemoryLine, Set<WeakRef<MemoryUser>>>();

const userOf = new WeakMap<object, MemoryUser>();

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

/** What settings allow all of them together. */
function allowedBy(users: readonly MemoryUser[]): number | undefined {
  const set = users.flatMap(({ allowed }) => allowed ?? []);
  return set.length > 0 ? set.reduce((sum, one) => sum + one) : undefined;
}

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
    return [{ name, used: sumOf(users), allowed: allowedBy(users) ?? bytesOf(name) }];
  });

const count = (name: MemoryLine, user: MemoryUser) =>
  usersOf.set(name, (usersOf.get(name) ?? new Set()).add(new WeakRef(user)));

/**
 * Counts in a line what an owner keeps, as long as the owner is there.
 * @param used the bytes it keeps at the moment, about
 * @param allowed the bytes it may keep, where a setting says another number than the line
 */
export function countMemory(name: MemoryLine, owner: object, used: () => number, allowed?: number): void {
  const user: MemoryUser = {
    get calculatedSize() {
      return used();
    },
    allowed,
  };
  count(name, user);
  userOf.set(owner, user);
}

export interface CacheOptions<Value> {
  /** Maximum number of entries, where there is one beside the bytes. */
  readonly max?: number;
  /** How long an entry is kept, in ms. */
  readonly ttl?: number;
  /** About the bytes of an entry, with its key. */
  readonly sizeOf: (value: Value, key: string) => number;
  readonly dispose?: (value: Value, key: string) => void;
}

/** Part of a line by which its caches may grow until they are counted together: counting them at each entry would take longer than keeping it. */
const SLACK = 1 / 128;

/** Bytes by which the caches of a line have grown since they were counted. */
const grown = new Map<MemoryLine, number>();

/** Has the largest caches of a line give up what was used least recently, until all together have at most that number of bytes. */
function shrink(line: MemoryLine, bytes: number): void {
  const users = livingOf(line);
  if (users.length < 2) return;
  const largest = () => users.reduce((one, other) => (other.calculatedSize > one.calculatedSize ? other : one));
  while (sumOf(users) > bytes) if (largest().pop?.() === undefined) break;
}

/** Keeps to the bytes of its line together with the others of it: each role and each server has one. */
class BudgetedCache<Value extends object | string | number | true> extends LRUCache<string, Value> {
  readonly #line: MemoryLine;

  constructor(line: MemoryLine, { sizeOf, dispose, max, ttl }: CacheOptions<Value>) {
    super({
      maxSize: bytesOf(line),
      ...(max === undefined ? {} : { max }),
      ...(ttl === undefined ? {} : { ttl }),
      sizeCalculation: (value, key) => Math.ceil(sizeOf(value, key)),
      ...(dispose ? { dispose } : {}),
    });
    this.#line = line;
  }

  override set(...given: Parameters<LRUCache<string, Value>['set']>): this {
    const before = this.calculatedSize;
    super.set(...given);
    const slack = bytesOf(this.#line) * SLACK;
    const since = (grown.get(this.#line) ?? 0) + Math.max(0, this.calculatedSize - before);
    const isDue = since > slack;
    grown.set(this.#line, isDue ? 0 : since);
    if (isDue) shrink(this.#line, bytesOf(this.#line) - slack);
    return this;
  }
}

/** Creates a cache that evicts what was used least recently: all caches of its line together keep to the bytes of the line. */
export function createCache<Value extends object | string | number | true>(
  line: MemoryLine,
  options: CacheOptions<Value>,
): LRUCache<string, Value> {
  const cache = new BudgetedCache<Value>(line, options);
  count(line, cache);
  return cache;
}
