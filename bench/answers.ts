/** Fields whose values each server makes in its own way. */
const own = new Set(['cursor', 'startCursor', 'endCursor', '__typename']);

/** An answer without what each server makes in its own way. */
export function comparable(answer: string): unknown {
  return JSON.parse(answer, (key, value) => (own.has(key) && typeof value === 'string' ? '…' : value));
}

/**
 * The values in an answer, in no order: what can be compared where the shapes differ. Nulls do not count, since an
 * absent list is empty in one and null in the other; nor does what stands under the keys that only one of them knows.
 */
export function valuesIn(answer: string, unknown: readonly string[] = []): readonly string[] {
  const values: string[] = [];
  function add(value: unknown, key: string): void {
    if (value === null || own.has(key) || unknown.includes(key)) return;
    if (typeof value !== 'object') values.push(String(value));
    else for (const [name, inner] of Object.entries(value)) add(inner, name);
  }
  add(JSON.parse(answer), '');
  return values.sort();
}

/** Where two answers first differ, in words. */
export function difference(left: string, right: string): string {
  let at = 0;
  while (at < Math.min(left.length, right.length) && left[at] === right[at]) at += 1;
  const near = (text: string) => text.slice(Math.max(0, at - 60), at + 60);
  return `at ${at} of ${left.length} and ${right.length}: …${near(left)}… and …${near(right)}…`;
}
