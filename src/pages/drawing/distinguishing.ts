/** What is named: an entity of a kind. */
export interface Named {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
}

/** A word that more than this share of the names of a kind has does not tell them apart. */
const COMMON = 0.5;

/** With fewer names than this, a kind has no phrases in common. */
const FEW = 4;

/** Characters of East Asian scripts. */
const EASTERN = /[\u2e80-\uffef]/;

/** Words that say nothing at the beginning or end of what is left. */
const joining = new Set(['on', 'of', 'for', 'in', 'and', 'the', 'with', 'to', 'a', 'an', ',', ':', '·']);

/** Words, and hyphens between them: `China-Kenya` has three parts. */
const partsOf = (name: string): readonly string[] => name.match(/[–—-]|[^\s–—-]+|\s+/gu) ?? [];

const isBlank = (part: string) => part.trim() === '';

function trimmed(parts: readonly string[]): readonly string[] {
  const isEdge = (part: string) => isBlank(part) || /^[–—-]$/.test(part) || joining.has(part.toLowerCase());
  const first = parts.findIndex((part) => !isEdge(part));
  const last = parts.findLastIndex((part) => !isEdge(part));
  return first === -1 ? [] : parts.slice(first, last + 1);
}

/** The words that many names of a kind have. */
function commonWords(names: readonly string[]): ReadonlySet<string> {
  if (names.length < FEW) return new Set();
  const counts = new Map<string, number>();
  for (const name of names) {
    for (const word of new Set(partsOf(name).filter((part) => !isBlank(part)))) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return new Set(
    [...counts].flatMap(([word, count]) =>
      count > names.length * COMMON && !joining.has(word.toLowerCase()) ? [word] : [],
    ),
  );
}

function withoutWords(name: string, common: ReadonlySet<string>): string {
  const left = trimmed(partsOf(name).map((part) => (common.has(part) ? ' ' : part)));
  const text = left.join('').replace(/\s+/g, ' ').trim();
  return text === '' ? name : text;
}

/**
 * Names without the words that most of their kind share, such as `Joint Laboratory`; a name that would then be like another one
 * stays whole.
 */
export function distinguishingNames(all: readonly Named[]): ReadonlyMap<string, string> {
  const byKind = new Map<string, Named[]>();
  for (const one of all) {
    // Names in Chinese share other words than those in English.
    const key = `${one.kind} ${EASTERN.test(one.name)}`;
    byKind.set(key, [...(byKind.get(key) ?? []), one]);
  }
  const short = new Map<string, string>();
  for (const named of byKind.values()) {
    const common = commonWords(named.map(({ name }) => name));
    for (const { id, name } of named) short.set(id, withoutWords(name, common));
  }
  const counts = new Map<string, number>();
  for (const text of short.values()) counts.set(text, (counts.get(text) ?? 0) + 1);
  return new Map(
    all.map(({ id, name }) => [id, counts.get(short.get(id) ?? '') === 1 ? (short.get(id) ?? name) : name]),
  );
}
