/** The leading comment of a query. */
const comment = /^(#.*\n)+/;

/** Paragraphs of the leading comment of a query. */
function leadOf(query: string): readonly string[] {
  const lines = comment.exec(`${query}\n`)?.[0] ?? '';
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

/** The same query with its leading comment in another language, as far as that is translated. */
export function translated(query: string, say: (text: string) => string): string {
  const lead = [titleOf(query), remarkOf(query)].filter((text) => text !== '');
  const said = lead.map(say);
  if (said.every((text, index) => text === lead[index])) return query;
  return query.replace(comment, () => said.map((text) => `# ${text}\n`).join('#\n'));
}
