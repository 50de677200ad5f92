/** Maximum length of a name: callers choose theirs. */
export const LONGEST_NAME = 100;

/** A name within the maximum length. A cut one ends in a character that no name contains, so that it equals no other. */
export const shortened = (name: string) => (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name);

/** Names as labels of metrics: limited in number and length, because each takes memory permanently. */
export function createBoundedNames(most: number) {
  const names = new Set<string>();
  return (name: string): string => {
    if (names.has(name)) return name;
    if (names.size >= most || name.length > LONGEST_NAME) return 'other';
    names.add(name);
    return name;
  };
}
