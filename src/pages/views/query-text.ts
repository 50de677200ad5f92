/** A line of a query, or a field with a selection. */
export type Part = string | readonly [head: string, parts: readonly Part[]];

function linesOf(parts: readonly Part[], indent: string): readonly string[] {
  return parts.flatMap((part) => {
    if (typeof part === 'string') return [`${indent}${part}`];
    const [head, inner] = part;
    return inner.length === 0 ? [] : [`${indent}${head} {`, ...linesOf(inner, `${indent}  `), `${indent}}`];
  });
}

/** The text of a query or fragment, with a comment in its first line that titles it. */
export const queryText = (title: string, head: string, parts: readonly Part[]): string =>
  [`# ${title}`, ...linesOf([[head, parts]], '')].join('\n');

/** Arguments of a field, without those that are absent: `(first: 0, filter: {…})`. */
export function argumentsOf(given: Readonly<Record<string, string | number | undefined>>): string {
  const named = Object.entries(given).filter(([, value]) => value !== undefined);
  return named.length === 0 ? '' : `(${named.map(([name, value]) => `${name}: ${value}`).join(', ')})`;
}

/** A document with all fragments that it spreads, directly or indirectly. */
export function withFragments(document: string, fragments: Readonly<Record<string, string>>): string {
  const texts = [document];
  const named = new Set<string>();
  for (const text of texts) {
    for (const [, name = ''] of text.matchAll(/\.\.\.(\w+)/g)) {
      const fragment = Object.hasOwn(fragments, name) ? fragments[name] : undefined;
      if (fragment === undefined || named.has(name)) continue;
      named.add(name);
      texts.push(fragment);
    }
  }
  return texts.map((text) => text.trim()).join('\n\n');
}
