/** Paragraphs of the leading comment of a query. */
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

/** Title of a query: the first paragraph of its leading comment. */
export const titleOf = (query: string): string => leadOf(query)[0] ?? '';

/** Remaining paragraphs of the comment. */
export const remarkOf = (query: string): string => leadOf(query).slice(1).join(' ');
