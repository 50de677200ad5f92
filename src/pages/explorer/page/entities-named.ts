interface Named {
  readonly name: string;
  readonly nameZh?: string | null;
}

/** Without accents and capitals. */
const folded = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Chinese has no spaces between words, so each character may begin one. */
const isPartOfWord = (character: string | undefined) =>
  character !== undefined && /^(?!\p{Script=Han})[\p{L}\p{N}]$/u.test(character);

/**
 * The entities that a text names, in its order: by a whole name, whatever its capitals and accents. A name within a longer
 * one does not count: "China-Kenya Joint Laboratory" names a laboratory alone.
 */
export function entitiesNamed<Entity extends Named>(text: string, entities: readonly Entity[]): readonly Entity[] {
  const words = folded(text);
  const named = new Map<Entity, { readonly start: number; readonly end: number }>();
  const isCut = (at: number) => isPartOfWord(words[at - 1]) && isPartOfWord(words[at]);
  const isFree = (start: number, end: number) =>
    [...named.values()].every((place) => end <= place.start || place.end <= start);
  const names = entities
    .flatMap((entity) => [entity.name, entity.nameZh ?? ''].map((name) => ({ entity, name: folded(name) })))
    .filter(({ name }) => name !== '')
    .sort((one, other) => other.name.length - one.name.length);
  for (const { entity, name } of names) {
    for (let start = words.indexOf(name); start !== -1 && !named.has(entity); start = words.indexOf(name, start + 1)) {
      const end = start + name.length;
      if (!isCut(start) && !isCut(end) && isFree(start, end)) named.set(entity, { start, end });
    }
  }
  return [...named].sort(([, one], [, other]) => one.start - other.start).map(([entity]) => entity);
}
