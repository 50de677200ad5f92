import { propertiesOf, propertyOf } from '../ontology/fields.ts';
import { type Kind, kindNames } from '../ontology/kinds.ts';
import { snakeCase } from '../ontology/letter-case.ts';

/**
 * The indexes that the ontology requires. Per kind: one on `id`, where pages by slug and look-ups start, one on each
 * property that pages are sorted or filtered by and, for texts, one on the folded form, which serves `contains`.
 */
export function indexStatements(): readonly string[] {
  return kindNames.flatMap((kind) => {
    const index = (sort: '' | 'TEXT ', name: string, property: string) =>
      `CREATE ${sort}INDEX ${snakeCase(kind)}_${name} IF NOT EXISTS FOR (entity:${kind}) ON (entity.${property})`;
    const indexed = Object.entries(propertiesOf(kind)).filter(([, property]) => property.indexed);
    const texts = indexed.filter(([, { type, list }]) => type === 'text' && !list);
    return [
      index('', 'id', 'id'),
      ...indexed.map(([name]) => index('', snakeCase(name), name)),
      ...texts.map(([name]) => index('TEXT ', `${snakeCase(name)}_folded`, `_${name}Folded`)),
    ];
  });
}

/** Whether there is an index on a property of a kind: on the property itself, or on the folded form of a text. */
export function isIndexed(property: string, kind: Kind | 'Entity'): boolean {
  if (kind === 'Entity') return false;
  const folded = /^_(\w+)Folded$/.exec(property)?.[1] ?? property;
  return Object.hasOwn(propertiesOf(kind), folded) && propertyOf(kind, folded).indexed === true;
}
