import { readFileSync } from 'node:fs';
import { type Kind, kindNames, kinds } from '../../src/cooperation/kinds.ts';
import type { Identifier } from '../../src/ontology/identifiers.ts';
import type { Location, RelationRecord } from '../../src/ontology/records.ts';

/** A record as the seed file has it. */
export type SeedRecord = { readonly id: string; readonly name: string } & Readonly<Record<string, unknown>>;

const read = <Content>(name: string): Content =>
  JSON.parse(readFileSync(new URL(`../../seeds/${name}.json`, import.meta.url), 'utf8'));

const kebabCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The seeds, read without the importer, to compare answers with. */
export const seeds = {
  entities: Object.fromEntries(kindNames.map((kind) => [kind, read(kebabCase(kinds[kind].plural))])) as Record<
    Kind,
    readonly SeedRecord[]
  >,
  relations: read<readonly RelationRecord[]>('relations'),
  identifiers: read<readonly (Identifier & { readonly entity: string })[]>('identifiers'),
  locations: read<readonly (Location & { readonly entity: string })[]>('locations'),
};

/** The seeds of a kind. */
export const recordsOf = (kind: string): readonly SeedRecord[] =>
  new Map<string, readonly SeedRecord[]>(Object.entries(seeds.entities)).get(kind) ?? [];

/** Order of two texts by code point, as Neo4j has it. */
export function byCodePoint(left: string, right: string): number {
  const [a, b] = [[...left], [...right]];
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const difference = (a[index]?.codePointAt(0) ?? 0) - (b[index]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** The default order of every list: by name, then by slug. */
export const byName = (left: SeedRecord, right: SeedRecord) =>
  byCodePoint(left.name, right.name) || byCodePoint(left.id, right.id);
