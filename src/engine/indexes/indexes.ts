import { snakeCase } from '../../ontology/letter-case.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind, Property } from '../../ontology/vocabulary.ts';
import { identifierIndex } from './identifier-index.ts';
import { SEARCH_INDEX, searchIndex } from './search-index.ts';
import { foldedForm } from './searched.ts';

/** Texts differ from one entity to the next; other values are those of many. */
const isShared = ({ type, list }: Property): boolean => type !== 'text' && !list;

/**
 * The indexes that the ontology requires. Per kind: one on `id`, where pages by slug and look-ups start, one on each
 * property that pages are sorted or filtered by and, for texts, one on the folded form, which serves `contains`; for other
 * values, one that has the entities of each value in the order of their slugs. Over all kinds: one for search and, if they have identifiers, one for these.
 */
export function indexStatements(ontology: Ontology): readonly string[] {
  const { kindNames, propertiesOf } = ontology;
  const ofKinds = kindNames.flatMap((kind) => {
    const index = (sort: '' | 'TEXT ', name: string, ...properties: readonly string[]) =>
      `CREATE ${sort}INDEX ${snakeCase(kind)}_${name} IF NOT EXISTS FOR (entity:${kind}) ON (${properties.map((property) => `entity.${property}`).join(', ')})`;
    const indexed = Object.entries(propertiesOf(kind)).filter(([, property]) => property.indexed);
    const texts = indexed.filter(([, { type, list }]) => type === 'text' && !list);
    return [
      index('', 'id', 'id'),
      ...indexed.map(([name]) => index('', snakeCase(name), name)),
      ...indexed
        .filter(([, property]) => isShared(property))
        .map(([name]) => index('', `${snakeCase(name)}_by_slug`, name, 'id')),
      ...texts.map(([name]) => index('TEXT ', `${snakeCase(name)}_folded`, foldedForm(name))),
    ];
  });
  return [...ofKinds, searchIndex(ontology).statement, ...(ontology.identification ? [identifierIndex] : [])];
}

/** What of a database's schema follows from the ontology, and which indexes of an earlier one it takes the place of. */
export const derivedSchema = (ontology: Ontology) => ({ derived: indexStatements(ontology), replaced: SEARCH_INDEX });

/** Whether there is an index on a property of a kind: on the property itself, or on the folded form of a text. */
export function isIndexed({ propertiesOf }: Ontology, property: string, kind: Kind | 'Entity'): boolean {
  if (kind === 'Entity') return false;
  const folded = /^_(\w+)Folded$/.exec(property)?.[1] ?? property;
  const properties = propertiesOf(kind);
  return Object.hasOwn(properties, folded) && properties[folded]?.indexed === true;
}

/** Whether an index has the entities of each value of a property in the order of their slugs. */
export function isIndexedBySlug(ontology: Ontology, name: string, kind: Kind | 'Entity'): boolean {
  if (kind === 'Entity' || !isIndexed(ontology, name, kind)) return false;
  const property = ontology.propertiesOf(kind)[name];
  return property !== undefined && isShared(property);
}
