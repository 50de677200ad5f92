import { escapedName } from '../../../engine/database/escaped-name.ts';
import type { SeenProperty } from './seen.ts';

/** What values belong to in Neo4j: a kind or a relation. */
export interface Holder {
  readonly name: string;
  readonly isRelation: boolean;
}

/** A pattern in which `item` stands for what holds the values. */
export const itemsOf = ({ name, isRelation }: Holder): string =>
  isRelation ? `()-[item:${escapedName(name)}]->()` : `(item:${escapedName(name)})`;

// Advice on names and values of Neo4j that Silkgraph refuses: what is read from CSV gets names that it accepts.

export const renamedKind = (name: string, better: string): string =>
  `Rename it: MATCH (node:${escapedName(name)}) SET node:${better} REMOVE node:${escapedName(name)}`;

export const renamedRelation = (name: string, better: string): string =>
  `Rename it: MATCH (from)-[old:${escapedName(name)}]->(to) CREATE (from)-[new:${better}]->(to) SET new = properties(old) DELETE old`;

export const renamedProperty = (holder: Holder, name: string, better: string): string =>
  `Rename it: MATCH ${itemsOf(holder)} SET item.${better} = item.${escapedName(name)} REMOVE item.${escapedName(name)}`;

/** What is done with values of a type that is not stored: most become text. */
export function asStored(
  holder: Holder,
  { name, otherTypes, lists }: Pick<SeenProperty, 'name' | 'otherTypes' | 'lists'>,
): string {
  if (otherTypes.includes('BYTES')) return 'Keep them in files, and their addresses here.';
  const areDates = otherTypes.every((type) => /DATE(?:TIME)?$/.test(type));
  const value = `item.${escapedName(name)}`;
  const one = (each: string) => (areDates ? `left(toString(${each}), 10)` : `toString(${each})`);
  const text = lists > 0 ? `[each IN ${value} | ${one('each')}]` : one(value);
  return `Make them ${areDates ? 'dates as text, such as 2019-06-20' : 'text'}: MATCH ${itemsOf(holder)} SET ${value} = ${text}`;
}
