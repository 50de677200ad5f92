/**
 * Cypher that finds a `change` through the index of the log on these properties. While Neo4j has no statistics of an index
 * that has just grown, it would scan the whole index without this hint.
 */
export const changesBy = (...properties: readonly string[]): string =>
  `MATCH (change:\`_Change\`) USING INDEX SEEK change:\`_Change\`(${properties.join(', ')})`;

/** The properties of a change that name an entity. */
export const entityProperties = ['entity', 'from', 'to'] as const;

/** Cypher that returns the first changes with a value, in the order of an index or against it, at most `$first`. */
export const firstBy = (property: string, value: string, condition: string, order: '' | ' DESC' = '') => `
    ${changesBy(property, 'sequence')}
    WHERE change.${property} = ${value} AND ${condition}
    RETURN change ORDER BY change.sequence${order} LIMIT $first`;

/** The same for the changes that name an entity. */
export const firstOf = (slug: string, condition: string, order: '' | ' DESC' = '') =>
  entityProperties.map((place) => firstBy(place, slug, condition, order)).join('\n    UNION');

/**
 * Cypher for how many changes of a list are read until their texts are longer than `$characters`, and how long those are.
 * What comes after is not looked at.
 */
export const fitting = (changes: string) =>
  `reduce(read = [0, 0], change IN ${changes} | CASE WHEN read[1] >= $characters THEN read
    ELSE [read[0] + 1, read[1] + size(coalesce(change.before, '')) + size(coalesce(change.after, ''))] END)`;
