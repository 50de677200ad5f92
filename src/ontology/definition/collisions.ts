import { capitalized, constantCase, kebabCase, pascalCase, pascalCaseOfConstant } from '../letter-case.ts';
import type { OntologyDefinition } from '../vocabulary.ts';
import { entries } from './entries.ts';
import { reservedTypes } from './reserved-names.ts';

/** The types that the schema makes of an ontology, each with what it is made of. */
function* derivedTypes({ kinds, relations, enumerations }: OntologyDefinition): Generator<readonly [string, string]> {
  for (const [kind, { plural }] of entries(kinds)) {
    const of = `the kind ${kind}`;
    for (const ending of [
      ...[
        '',
        'Connection',
        'Edge',
        'Filter',
        'Order',
        'CountOrder',
        'PropertyOrder',
        'Facet',
        'EdgeFilter',
        'EdgeOrder',
      ],
      ...['RelationFilter', 'CountFilter', 'TransitiveFilter', 'Key', 'EdgeKey'],
    ]) {
      yield [`${kind}${ending}`, of];
    }
    for (const beginning of ['Create', 'Update']) yield [`${beginning}${kind}Input`, of];
    for (const ending of ['', 'Connection', 'Edge', 'Filter', 'Key', 'KeySort', 'Order']) {
      yield [`${pascalCase(plural)}Group${ending}`, of];
    }
  }
  for (const [type, { from, to, forward, backward, symmetric }] of entries(relations)) {
    const of = `the relation ${type}`;
    const name = pascalCaseOfConstant(type);
    yield [`Link${name}Input`, of];
    const lists = [[from, forward] as const, ...(symmetric ? [] : [[to, backward] as const])];
    for (const [owner, field] of lists) {
      for (const ending of ['Connection', 'Edge']) {
        yield [`${owner}${pascalCase(field)}${ending}`, of];
      }
    }
  }
  for (const name of Object.keys(enumerations)) {
    const of = `the enumeration ${name}`;
    for (const ending of ['', 'Filter', 'ListFilter']) yield [`${name}${ending}`, of];
  }
}

/** Names that two things of the ontology would share, or that every graph has. */
export function collisions(definition: OntologyDefinition): string[] {
  const faults: string[] = [];
  const claim = (taken: Map<string, string>, name: string, by: string, what: string) => {
    const other = taken.get(name);
    if (other !== undefined) faults.push(`${capitalized(by)} and ${other} both make ${what} ${name}.`);
    else taken.set(name, by);
  };
  const types = new Map([...reservedTypes].map((name) => [name, 'what every graph has']));
  for (const [name, of] of derivedTypes(definition)) claim(types, name, of, 'the type');
  const roots = new Map<string, string>();
  const files = new Map<string, string>();
  const values = new Map<string, string>();
  for (const [kind, { singular, plural }] of entries(definition.kinds)) {
    const of = `the kind ${kind}`;
    for (const name of new Set([singular, plural, `${plural}GroupBy`])) claim(roots, name, of, 'the root field');
    claim(files, kebabCase(plural), of, 'the data file');
    claim(values, constantCase(kind), of, 'the value');
  }
  return faults;
}
