/** Names up to so many characters are kept as they are: callers choose theirs. */
export const LONGEST_NAME = 100;

/** A name that is too long ends where it was cut, in a character that no name has, so that it is taken for no other. */
export const shortened = (name: string) => (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name);

/** Names as labels of metrics, of which there may be so many and no more, none of them long: each takes memory for good. */
export function createBoundedNames(most: number) {
  const names = new Set<string>();
  return (name: string): string => {
    if (names.has(name)) return name;
    if (names.size >= most || name.length > LONGEST_NAME) return 'other';
    names.add(name);
    return name;
  };
}
