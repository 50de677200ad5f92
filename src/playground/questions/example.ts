/** A question with the query that answers it, as the server has it. */
export interface Example {
  /** What stands for it in addresses. */
  readonly name: string;
  readonly query: string;
}

/** The comment at the top of a query, without its signs: its paragraphs. */
function leadOf(query: string): readonly string[] {
  const lines = /^(#.*\n)+/.exec(`${query}\n`)?.[0] ?? '';
  return lines
    .split('\n')
    .map((line) => line.replace(/^#\s?/, '').trim())
    .join('\n')
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.trim().replaceAll('\n', ' '))
    .filter((paragraph) => paragraph !== '');
}

/** What a query asks, in words: the comment that it begins with. */
export const titleOf = (query: string): string => leadOf(query)[0] ?? '';

/** What else its comment says. */
export const remarkOf = (query: string): string => leadOf(query).slice(1).join(' ');

/** The examples that a server has; none where they cannot be had, since all else works without them. */
export async function loadExamples(): Promise<readonly Example[]> {
  try {
    const response = await fetch('/graphql/assets/examples.json');
    return response.ok ? ((await response.json()) as readonly Example[]) : [];
  } catch {
    return [];
  }
}
