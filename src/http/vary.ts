/** Tells caches that an answer depends on a header of its request as well. */
export function addVary(headers: Headers, name: string): void {
  const known = headers.get('vary');
  if (known === null) headers.set('vary', name);
  else if (
    !known
      .toLowerCase()
      .split(/\s*,\s*/)
      .includes(name)
  )
    headers.set('vary', `${known}, ${name}`);
}
