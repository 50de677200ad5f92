/** The properties that search covers. The index `entity_search` contains the folded form of each, and the slug. */
export const searched = {
  names: ['name', 'nameZh'],
  otherNames: ['alsoKnownAs', 'officialName', 'branchNames', 'code', 'codeAlpha3'],
  texts: [
    'description',
    'definition',
    'facts',
    'outcomes',
    'label',
    'scope',
    'regionServed',
    'partnerRegion',
    'subregion',
    'intermediateRegion',
    'capital',
    'city',
    'cities',
    'sites',
    'locality',
    'province',
    'publisher',
    'attendance',
  ],
} as const;

/** The slug, as Neo4j calls it. */
export const slugProperty = 'id';

/** The property with the name of an entity's kind, which is indexed so that a search of some kinds is one look-up. */
export const kindProperty = '_kind';

/** The property with the folded form of another. */
export const foldedForm = (property: string): string => `_${property}Folded`;
