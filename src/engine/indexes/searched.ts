import { memoize } from '../../ontology/memoize.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind, SearchedAs } from '../../ontology/vocabulary.ts';

const searchedAs = (
  { kindNames, propertiesOf }: Ontology,
  as: SearchedAs,
  kinds: readonly Kind[] = kindNames,
): readonly string[] => [
  ...new Set(
    kinds.flatMap((kind) =>
      Object.entries(propertiesOf(kind)).flatMap(([name, property]) => (property.searched === as ? [name] : [])),
    ),
  ),
];

/** The texts that name a class of their entity. */
export const textualCategories = (ontology: Ontology): readonly string[] =>
  searchedAs(ontology, 'category').filter((name) =>
    ontology.kindNames.some((kind) => ontology.propertiesOf(kind)[name]?.type === 'text'),
  );

/** The properties that search covers. The index for search contains the folded form of each, and the slug. */
export const searchedIn = memoize((ontology: Ontology) => ({
  names: searchedAs(ontology, 'name'),
  otherNames: searchedAs(ontology, 'otherName'),
  texts: [...searchedAs(ontology, 'text'), ...textualCategories(ontology)],
}));

/** The slug, as Neo4j calls it. */
export const slugProperty = 'id';

/** A field of the index for search, and the kinds of which a role sees it; `null` for all that have it. */
export interface SearchedField {
  readonly name: string;
  readonly kinds: readonly Kind[] | null;
}

/** The kinds of which a role sees a property, where others have it too; `null` if there is no such other. */
export function kindsShowing({ partOf, kindNames, propertiesOf }: Ontology, property: string): readonly Kind[] | null {
  if (!partOf) return null;
  const has = (of: Ontology['propertiesOf']) => (kind: Kind) => Object.hasOwn(of(kind), property);
  const showing = kindNames.filter(has(propertiesOf));
  return kindNames.filter(has(partOf.propertiesOf)).length > showing.length ? showing : null;
}

/** The field with the folded form of a property. */
export const searchedField = (ontology: Ontology, property: string): SearchedField => ({
  name: foldedForm(property),
  kinds: kindsShowing(ontology, property),
});

/** The field with the slugs. */
export const slugField: SearchedField = { name: slugProperty, kinds: null };

/** The Lucene clause for a term in a field. */
export const inField = ({ name, kinds }: SearchedField, term: string): string =>
  kinds === null ? `${name}:${term}` : `(+${name}:${term} +${kindProperty}:(${kinds.join(' OR ')}))`;

/** The fields of the properties that search covers of some kinds: of names, of classes, and of all texts. */
export function searchedFieldsOf(ontology: Ontology, kinds: readonly Kind[]) {
  const known = new Set(textualCategories(ontology));
  const fields = (as: SearchedAs, isMeant: (name: string) => boolean = () => true) =>
    searchedAs(ontology, as, kinds)
      .filter(isMeant)
      .map((name) => searchedField(ontology, name));
  const categories = fields('category', (name) => known.has(name));
  const names = [...fields('name'), ...fields('otherName')];
  return { names, categories, texts: fields('text'), everything: [...names, ...categories, ...fields('text')] };
}

/** The property with the name of an entity's kind, which is indexed so that a search of some kinds is one look-up. */
export const kindProperty = '_kind';

/** The property with the folded form of another. */
export const foldedForm = (property: string): string => `_${property}Folded`;
