/**
 * Tells caches that a response also depends on a request header. No spaces: nginx stores nothing with more than 128 bytes of
 * `Vary`.
 */
export function addVary(headers: Headers, name: string): void {
  const known = headers.get('vary');
  if (known === null) headers.set('vary', name);
  else if (
    !known
      .toLowerCase()
      .split(/\s*,\s*/)
      .includes(name)
  )
    headers.set('vary', `${known},${name}`);
}
