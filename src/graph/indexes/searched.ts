import { oncePer } from '../../ontology/once-per.ts';
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
export const searchedIn = oncePer((ontology: Ontology) => ({
  names: searchedAs(ontology, 'name'),
  otherNames: searchedAs(ontology, 'otherName'),
  texts: [...searchedAs(ontology, 'text'), ...textualCategories(ontology)],
}));

/** The folded forms of the properties that search covers of some kinds: of names, of classes, and of all texts. */
export function searchedFieldsOf(ontology: Ontology, kinds: readonly Kind[]) {
  const forms = (as: SearchedAs) => searchedAs(ontology, as, kinds).map(foldedForm);
  const known = new Set(textualCategories(ontology).map(foldedForm));
  const categories = forms('category').filter((name) => known.has(name));
  const names = [...forms('name'), ...forms('otherName')];
  return { names, categories, texts: forms('text'), everything: [...names, ...categories, ...forms('text')] };
}

/** The slug, as Neo4j calls it. */
export const slugProperty = 'id';

/** The property with the name of an entity's kind, which is indexed so that a search of some kinds is one look-up. */
export const kindProperty = '_kind';

/** The property with the folded form of another. */
export const foldedForm = (property: string): string => `_${property}Folded`;
