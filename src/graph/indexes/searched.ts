import { oncePer } from '../../ontology/once-per.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { SearchedAs } from '../../ontology/vocabulary.ts';

const searchedAs = ({ kindNames, propertiesOf }: Ontology, as: SearchedAs): readonly string[] => [
  ...new Set(
    kindNames.flatMap((kind) =>
      Object.entries(propertiesOf(kind)).flatMap(([name, property]) => (property.searched === as ? [name] : [])),
    ),
  ),
];

/** The properties that search covers. The index for search contains the folded form of each, and the slug. */
export const searchedIn = oncePer((ontology: Ontology) => ({
  names: searchedAs(ontology, 'name'),
  otherNames: searchedAs(ontology, 'otherName'),
  texts: searchedAs(ontology, 'text'),
}));

/** The slug, as Neo4j calls it. */
export const slugProperty = 'id';

/** The property with the name of an entity's kind, which is indexed so that a search of some kinds is one look-up. */
export const kindProperty = '_kind';

/** The property with the folded form of another. */
export const foldedForm = (property: string): string => `_${property}Folded`;
