interface Ends {
  readonly from: string;
  readonly to: string;
}

/** The places of relations, sorted by the number of the entity at one end, and those numbers. */
interface Index {
  readonly numbers: Int32Array;
  readonly places: Int32Array;
}

/** Bytes of a relation: its object, its place in the list, and in both indexes. */
const RELATION_BYTES = 56 + 8 + 16;

/** Sorts places by a number that belongs to each, and keeps the order of those that have the same. */
function sortedBy(places: Int32Array, numberAt: Int32Array, numbers: number): Int32Array {
  const starts = new Int32Array(numbers + 1);
  for (const number of numberAt) starts[number + 1] = (starts[number + 1] ?? 0) + 1;
  for (let number = 0; number < numbers; number += 1) {
    starts[number + 1] = (starts[number + 1] ?? 0) + (starts[number] ?? 0);
  }
  const sorted = new Int32Array(places.length);
  for (const place of places) {
    const number = numberAt[place] ?? 0;
    const at = starts[number] ?? 0;
    sorted[at] = place;
    starts[number] = at + 1;
  }
  return sorted;
}

/** The first position whose number is not smaller. */
function lowerBound(numbers: Int32Array, number: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The relations of one type. They are found by their ends through sorted numbers rather than maps, which are made when
 * somebody first asks after something was put.
 */
export class RelationsByEnds<Relation extends Ends> {
  readonly #numberOf: (slug: string) => number;
  /** A removed one leaves its place empty. */
  readonly #relations: (Relation | undefined)[] = [];
  #indexes: { readonly from: Index; readonly to: Index } | undefined;

  /** @param numberOf a small number for each slug */
  constructor(numberOf: (slug: string) => number) {
    this.#numberOf = numberOf;
  }

  get bytes(): number {
    return RELATION_BYTES * this.#relations.length;
  }

  /** Puts a relation in place of one with the same ends. */
  put(relation: Relation): void {
    this.#relations.push(relation);
    this.#indexes = undefined;
  }

  remove({ from, to }: Ends): void {
    for (const place of this.#placesAt(from, 'from')) if (this.#relations[place]?.to === to) this.#clear(place);
  }

  *all(): Generator<Relation> {
    this.index();
    for (const relation of this.#relations) if (relation) yield relation;
  }

  at(slug: string, end: keyof Ends): readonly Relation[] {
    const found: Relation[] = [];
    for (const place of this.#placesAt(slug, end)) {
      const relation = this.#relations[place];
      if (relation) found.push(relation);
    }
    return found;
  }

  #clear(place: number): void {
    this.#relations[place] = undefined;
  }

  #placesAt(slug: string, end: keyof Ends): Int32Array {
    const { numbers, places } = this.index()[end];
    const number = this.#numberOf(slug);
    return places.subarray(lowerBound(numbers, number), lowerBound(numbers, number + 1));
  }

  /** Makes both indexes, if they are not there. */
  index(): { readonly from: Index; readonly to: Index } {
    if (this.#indexes) return this.#indexes;
    const relations = this.#relations;
    const numbersOf = (end: keyof Ends) => Int32Array.from(relations, (one) => (one ? this.#numberOf(one[end]) : 0));
    const numbers = { from: numbersOf('from'), to: numbersOf('to') };
    let most = 0;
    for (const end of ['from', 'to'] as const) for (const number of numbers[end]) most = Math.max(most, number + 1);
    const places = Int32Array.from(relations.keys());
    const indexOf = (end: keyof Ends, other: keyof Ends): Index => {
      const sorted = sortedBy(sortedBy(places, numbers[other], most), numbers[end], most);
      return { places: sorted, numbers: sorted.map((place) => numbers[end][place] ?? 0) };
    };
    const from = indexOf('from', 'to');
    // Of those with the same ends, the last one stands.
    for (const [position, place] of from.places.entries()) {
      const [one, next] = [relations[place], relations[from.places[position + 1] ?? -1]];
      if (one && next && one.from === next.from && one.to === next.to) this.#clear(place);
    }
    this.#indexes = { from, to: indexOf('to', 'from') };
    return this.#indexes;
  }
}
