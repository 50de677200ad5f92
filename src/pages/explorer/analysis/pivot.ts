import type { Group, Grouping, KeyValue } from './groups.ts';

/** A row or a column of a pivot table. */
export interface Line {
  readonly key: KeyValue;
  /** The sum of its cells, by which lines are sorted. An entity with several values counts in each. */
  readonly sum: number;
}

export interface Pivot {
  readonly rows: readonly Line[];
  /** None if there is one key only. */
  readonly columns: readonly Line[];
  /** Size of a group; 0 if there is none. */
  readonly at: (row: KeyValue, column?: KeyValue) => number;
  readonly most: number;
}

const nameOfKey = ({ value }: KeyValue) => (value === null ? ' ' : value);

/** Numbers in a row that are filled up; a longer one has too much in between to be read. */
const LONGEST_ROW = 60;

/** The whole numbers between others that nothing has: years in which nothing happened. */
function between(names: readonly string[]): readonly string[] {
  const numbers = names.filter((name) => /^-?\d+$/.test(name)).map(Number);
  const [first, last] = [Math.min(...numbers), Math.max(...numbers)];
  if (numbers.length === 0 || last - first > LONGEST_ROW) return [];
  return Array.from({ length: last - first }, (_, index) => String(first + index)).filter(
    (name) => !names.includes(name),
  );
}

/** The lines of a key: numbers and years in their order, others with the largest first, what is not recorded last. */
function linesOf(groups: readonly Group[], index: number, isNumber: boolean): readonly Line[] {
  const lines = new Map<string, Line>();
  for (const { keys, size } of groups) {
    const key = keys[index];
    if (!key) continue;
    const name = nameOfKey(key);
    lines.set(name, { key, sum: (lines.get(name)?.sum ?? 0) + size });
  }
  if (isNumber)
    for (const value of between([...lines.keys()])) lines.set(value, { key: { value, entity: null }, sum: 0 });
  return [...lines.values()].toSorted(
    (a, b) =>
      Number(a.key.value === null) - Number(b.key.value === null) ||
      (isNumber ? Number(a.key.value) - Number(b.key.value) : b.sum - a.sum),
  );
}

/** Groups as a table: the values of the first key down, those of the second across. */
export function pivotOf({ keys }: Grouping, groups: readonly Group[]): Pivot {
  const cells = new Map(groups.map(({ keys: values, size }) => [JSON.stringify(values.map(nameOfKey)), size]));
  const lines = (index: number) => (keys[index] ? linesOf(groups, index, keys[index].type === 'number') : []);
  return {
    rows: lines(0),
    columns: lines(1),
    at: (row, column) => cells.get(JSON.stringify([row, ...(column ? [column] : [])].map(nameOfKey))) ?? 0,
    most: Math.max(1, ...groups.map(({ size }) => size)),
  };
}
