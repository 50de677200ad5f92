import { Column } from './columns.ts';

interface Ends {
  readonly from: string;
  readonly to: string;
}

/** A growing list of numbers, of 4 bytes each. */
class Numbers {
  #items = new Int32Array(16);
  length = 0;

  get items(): Int32Array {
    return this.#items.subarray(0, this.length);
  }

  get bytes(): number {
    return this.#items.byteLength;
  }

  push(item: number): void {
    if (this.length === this.#items.length) this.#resize(2 * this.length);
    this.#items[this.length] = item;
    this.length += 1;
  }

  at(place: number): number {
    return this.#items[place] ?? 0;
  }

  /** Gives the room free that nothing stands in. */
  trim(): void {
    if (this.length < this.#items.length) this.#resize(Math.max(16, this.length));
  }

  #resize(length: number): void {
    const items = new Int32Array(length);
    items.set(this.items);
    this.#items = items;
  }
}

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

/** The first position in sorted places whose number is not smaller. */
function lowerBound(places: Int32Array, numbers: Numbers, number: number): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (numbers.at(places[middle] ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Slugs by small numbers, and back. */
export interface SlugNumbers {
  numberOf(slug: string): number;
  slugAt(number: number): string;
}

/**
 * The relations of one type, as columns of numbers: each becomes an object when somebody asks for it. They are found by
 * their ends through places that are sorted when somebody first asks after something was put.
 */
export class RelationsByEnds<Relation extends Ends & { readonly form: unknown }> {
  readonly #slugs: SlugNumbers;
  readonly #relationOf: (from: string, to: string, form: Relation['form']) => Relation;
  readonly #numbers = { from: new Numbers(), to: new Numbers() };
  readonly #forms = new Column();
  readonly #removed = new Set<number>();
  /** Places, sorted by the number of the entity at one end, then of that at the other. */
  #index: { readonly from: Int32Array; readonly to: Int32Array } | undefined;

  constructor(slugs: SlugNumbers, relationOf: (from: string, to: string, form: Relation['form']) => Relation) {
    this.#slugs = slugs;
    this.#relationOf = relationOf;
  }

  get bytes(): number {
    const { from, to } = this.#numbers;
    return from.bytes + to.bytes + this.#forms.bytes + 2 * 4 * from.length;
  }

  /** Puts a relation in place of one with the same ends. */
  put({ from, to, form }: Relation): void {
    this.#numbers.from.push(this.#slugs.numberOf(from));
    this.#numbers.to.push(this.#slugs.numberOf(to));
    this.#forms.push(form);
    this.#index = undefined;
  }

  remove({ from, to }: Ends): void {
    const number = this.#slugs.numberOf(to);
    for (const place of this.#placesAt(from, 'from'))
      if (this.#numbers.to.at(place) === number) this.#removed.add(place);
  }

  *all(): Generator<Relation> {
    this.index();
    for (let place = 0; place < this.#numbers.from.length; place += 1) {
      if (!this.#removed.has(place)) yield this.#at(place);
    }
  }

  at(slug: string, end: keyof Ends): readonly Relation[] {
    const found: Relation[] = [];
    for (const place of this.#placesAt(slug, end)) if (!this.#removed.has(place)) found.push(this.#at(place));
    return found;
  }

  #at(place: number): Relation {
    const slugAt = (end: keyof Ends) => this.#slugs.slugAt(this.#numbers[end].at(place));
    return this.#relationOf(slugAt('from'), slugAt('to'), this.#forms.at(place));
  }

  #placesAt(slug: string, end: keyof Ends): Int32Array {
    const places = this.index()[end];
    const number = this.#slugs.numberOf(slug);
    const numbers = this.#numbers[end];
    return places.subarray(lowerBound(places, numbers, number), lowerBound(places, numbers, number + 1));
  }

  /** Sorts the places, if they are not. */
  index(): { readonly from: Int32Array; readonly to: Int32Array } {
    if (this.#index) return this.#index;
    const { from, to } = this.#numbers;
    from.trim();
    to.trim();
    this.#forms.trim();
    let most = 0;
    for (const { items } of [from, to]) for (const number of items) most = Math.max(most, number + 1);
    const places = Int32Array.from({ length: from.length }, (_, place) => place);
    const sorted = (first: Numbers, second: Numbers) =>
      sortedBy(sortedBy(places, second.items, most), first.items, most);
    const byFrom = sorted(from, to);
    // Of those with the same ends, the last one stands.
    for (const [position, place] of byFrom.entries()) {
      const next = byFrom[position + 1];
      if (next !== undefined && from.at(place) === from.at(next) && to.at(place) === to.at(next))
        this.#removed.add(place);
    }
    this.#index = { from: byFrom, to: sorted(to, from) };
    return this.#index;
  }
}
