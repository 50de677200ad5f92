import { kindNames } from '../../src/cooperation/kinds.ts';
import { cooperation } from '../../src/cooperation/ontology.ts';
import { relationTypes } from '../../src/cooperation/relations.ts';
import type { Statistics } from '../../src/engine/reads/statistics.ts';

const counted = <Key extends string>(names: readonly Key[], each: number, counts: Readonly<Record<string, number>>) =>
  Object.fromEntries(names.map((name) => [name, counts[name] ?? each])) as Record<Key, number>;

/** Statistics of a graph with 100 entities of each kind and 200 relations of each type, unless stated otherwise by name. */
export const statisticsOf = (counts: Readonly<Record<string, number>> = {}): Statistics => ({
  ontology: cooperation,
  entities: counted(kindNames, 100, counts),
  relations: counted(relationTypes, 200, counts),
  citing: counted(kindNames, 200, counts),
  texts: {},
  degrees: {},
  samples: {},
});
