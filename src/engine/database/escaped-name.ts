/** A label, type or property as Cypher writes it. */
export const escapedName = (name: string): string => `\`${name.replaceAll('`', '``')}\``;
