/** Numbers that look random and are the same on every run. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number from 0 up to, not including, `end`. */
  below(end: number): number;
  /** The same, with the small ones far more often than the large (Zipf): 0 is twice as often as 1, and so on. */
  rank(end: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
}

/** The random numbers of one record: they depend on the seed, the stream and the index, and on no other record. */
export function randomOf(seed: number, stream: string, index: number): Random {
  let state = 2166136261 ^ seed;
  for (let at = 0; at < stream.length; at += 1) state = Math.imul(state ^ stream.charCodeAt(at), 16777619);
  state = Math.imul(state ^ index, 2654435761) ^ (index >>> 7);

  // mulberry32
  function next() {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  const below = (end: number) => Math.floor(next() * end);
  return {
    next,
    below,
    rank: (end) => Math.min(end - 1, Math.floor((end + 1) ** next()) - 1),
    chance: (probability) => next() < probability,
    pick: (items) => items[below(items.length)] ?? items[0],
  };
}

/** A day of a year, as a date of the calendar in any year. */
export const dayIn = (year: number, random: Random): string =>
  [year, 1 + random.below(12), 1 + random.below(28)].map((part) => String(part).padStart(2, '0')).join('-');
