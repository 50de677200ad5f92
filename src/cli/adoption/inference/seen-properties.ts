import type { SeenProperty, SeenType } from './seen.ts';

/** Values of one property that have one type in Neo4j, counted. */
export type ValueRow = readonly [
  name: string,
  /** As `valueType()` returns it, such as `LIST<STRING NOT NULL> NOT NULL`. */
  type: string,
  count: number,
  empty: number,
  /** Texts, or lists of texts, that are dates, and that are web addresses. */
  dates: number,
  urls: number,
  /** Integers, or lists with some, that need more than 32 bits, and more than the 53 that a float keeps. */
  wide: number,
  huge: number,
  /** Number of different texts, if all could be values of an enumeration; else 0. */
  constants: number,
];

const single: Readonly<Record<string, SeenType>> = {
  STRING: 'text',
  INTEGER: 'int',
  FLOAT: 'float',
  BOOLEAN: 'boolean',
};

/** `LIST<STRING NOT NULL> NOT NULL` → `STRING`, in a list. */
function readType(type: string): { readonly isList: boolean; readonly item: string } {
  const item = /^LIST<(.*)>/.exec(type)?.[1];
  return { isList: item !== undefined, item: (item ?? type).replace(/ NOT NULL$/, '') };
}

/** How the values of a row divide into the types of Silkgraph. */
function divided([, type, count, empty, dates, urls, wide, huge]: ValueRow): Partial<Record<SeenType, number>> {
  const seen = single[readType(type).item] ?? 'other';
  const full = count - empty;
  if (seen === 'text') return { text: full - dates - urls, date: dates, url: urls };
  // Where a float would change some, none is a number.
  if (seen === 'int') return huge > 0 ? { other: full } : { int: full - wide, float: wide };
  return { [seen]: full };
}

/** Puts together what was counted of each property. */
export function seenProperties(rows: readonly ValueRow[], indexed: ReadonlySet<string>): readonly SeenProperty[] {
  const names = [...new Set(rows.map(([name]) => name))].sort();
  return names.map((name) => {
    const own = rows.filter((row) => row[0] === name);
    const types: Partial<Record<SeenType, number>> = {};
    const otherTypes: string[] = [];
    let [holders, empty, lists, constants] = [0, 0, 0, 0];
    for (const row of own) {
      const [, type, count, without, , , , huge, different] = row;
      const { isList, item } = readType(type);
      holders += count - without;
      empty += without;
      if (isList) lists += count - without;
      constants += different;
      if (item === 'NOTHING') continue;
      for (const [seen, number] of Object.entries(divided(row)) as [SeenType, number][]) {
        if (number > 0) types[seen] = (types[seen] ?? 0) + number;
      }
      if (!single[item]) otherTypes.push(item);
      if (huge > 0) otherTypes.push(`${item} of more than 53 bits`);
    }
    return { name, holders, empty, lists, types, otherTypes, constants, indexed: indexed.has(name) };
  });
}
