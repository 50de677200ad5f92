import {
  reservedEdgeProperties,
  reservedProperties,
  reservedTypes,
} from '../../../ontology/definition/reserved-names.ts';
import { constantCase } from '../../../ontology/letter-case.ts';
import { singularOf } from '../english.ts';
import { camelName, constantName, pascalName } from '../names.ts';

/** Gives names that differ, also in capitals: one that is taken gets the next number. */
export function uniqueNames(): (name: string) => string {
  const taken = new Set<string>();
  return (name) => {
    let unique = name;
    for (let number = 2; taken.has(constantCase(unique)); number += 1) unique = `${name}${number}`;
    taken.add(constantCase(unique));
    return unique;
  };
}

/** The singular of the name of a file. */
export const singularOfFile = (name: string): string => singularOf(camelName(name) ?? name);

/** The kind that the rows of a file are, which need not be named after it: `nodes` → `NodeRecord`. */
export function kindOfFile(name: string, index: number): string {
  const kind = pascalName(singularOfFile(name)) ?? `Table${index + 1}`;
  return reservedTypes.has(kind) ? `${kind}Record` : kind;
}

/** The relation that the rows of a file are. */
export const relationOfFile = (name: string): string => constantName(name) ?? 'RELATED';

/** Gives names to the properties of a kind or relation that columns become; one that has no such name gets its place. */
export function propertyNames(isRelation: boolean): (column: string, place: number) => string {
  const reserved = isRelation ? reservedEdgeProperties : reservedProperties;
  const unique = uniqueNames();
  return (column, place) => {
    const name = camelName(column) ?? `column${place}`;
    return unique(reserved.has(name) ? `${name}Value` : name);
  };
}
