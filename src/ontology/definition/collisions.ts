import { capitalized, constantCase, kebabCase, pascalCase } from '../letter-case.ts';
import { linkInputNames, PLAIN_LINK } from '../link-input-names.ts';
import type { OntologyDefinition } from '../vocabulary.ts';
import { entries } from './entries.ts';
import { reservedTypes } from './reserved-names.ts';

/** The types that the schema makes of an ontology, each with what it is made of. */
function* derivedTypes(definition: OntologyDefinition): Generator<readonly [string, string]> {
  const { kinds, relations, enumerations, publishedTotals } = definition;
  for (const kind of Object.keys(kinds)) {
    const of = `the kind ${kind}`;
    for (const ending of [
      ...['', 'Connection', 'Edge', 'Filter', 'Order', 'CountOrder', 'Facet', 'Key'],
      ...['EdgeFilter', 'RelationFilter', 'CountFilter', 'TransitiveFilter'],
    ]) {
      yield [`${kind}${ending}`, of];
    }
    for (const beginning of ['Create', 'Update']) yield [`${beginning}${kind}Input`, of];
  }
  for (const [type, { from, to, forward, backward, symmetric }] of entries(relations)) {
    const of = `the relation ${type}`;
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
  for (const name of new Set(linkInputNames(relations).values())) {
    if (name !== PLAIN_LINK) yield [name, 'the properties of relations'];
  }
  if (publishedTotals) yield ['OfficialTotal', 'the published totals'];
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
