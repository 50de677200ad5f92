/** The sentences of a text, each with the white space after it. */
const sentencesOf = (text: string): readonly string[] => text.split(/(?<=[.!?]\s+)/);

/** A text without the sentences, and the parts of sentences after a semicolon, that name any of some names as code. */
export function withoutMentions(text: string, names: ReadonlySet<string>): string {
  const mentions = (part: string) => [...part.matchAll(/`([^`]+)`/g)].some(([, code = '']) => isNamed(code, names));
  const kept = sentencesOf(text).flatMap((sentence) => {
    if (!mentions(sentence)) return [sentence];
    const parts = sentence.split('; ').filter((part) => !mentions(part));
    return parts.length === 0 ? [] : [`${parts.join('; ').trim().replace(/\.$/, '')}. `];
  });
  return kept.join('').trim();
}

/** Whether code such as `Lab.designation` or `labs { name }` has any of the names as a word. */
const isNamed = (code: string, names: ReadonlySet<string>) => code.split(/[^\w]+/).some((word) => names.has(word));
