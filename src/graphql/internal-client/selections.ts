import type { Ontology, RelationField } from '../../ontology/ontology.ts';
import type { Kind, Properties, Property } from '../../ontology/vocabulary.ts';

/** A property with the fields that distinguish its items, if it has any. */
export function propertySelection(name: string, { items }: Property): string {
  const telling = Object.entries(items ?? {}).filter(([, { indexed }]) => indexed);
  if (telling.length > 0) return `${name} { ${telling.map(([field]) => field).join(' ')} }`;
  return name;
}

const propertiesSelection = (properties: Properties) =>
  Object.entries(properties).map(([name, property]) => propertySelection(name, property));

/** Names of an entity in other languages: what every kind has beside `name`, and is searched as a name. */
const otherNames = ({ sharedProperties }: Ontology): string[] =>
  Object.entries(sharedProperties)
    .filter(
      ([name, { searched, list }]) => name !== 'name' && (searched === 'name' || searched === 'otherName') && !list,
    )
    .map(([name]) => name);

/** What names an entity of any kind. */
export const briefSelection = (ontology: Ontology): string =>
  ['__typename', 'slug', 'name', ...otherNames(ontology)].join(' ');

/** All properties of a kind. */
export const fullSelection = (ontology: Ontology, kind: Kind): string =>
  ['__typename', 'slug', ...propertiesSelection(ontology.propertiesOf(kind))].join(' ');

/** The relations of a kind that say something about it; what it cites stands beside the facts instead. */
export const tellingRelations = (ontology: Ontology, kind: Kind): readonly RelationField[] =>
  [...ontology.relationFieldsOf(kind).values()].filter(({ relation }) => relation !== ontology.provenance?.relation);

/** One relation of an entity with its first targets, and the properties of the relation. */
export function relationSelection(ontology: Ontology, { name, toOne, properties }: RelationField): string {
  const node = `{ ${briefSelection(ontology)} }`;
  const own = propertiesSelection(properties).join(' ');
  if (!toOne) return `${name}(first: $each) { totalCount edges { ${own} node ${node} } }`;
  return own === '' ? `${name} ${node}` : `${name}: ${name}Edge { ${own} node ${node} }`;
}
