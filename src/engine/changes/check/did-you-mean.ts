import { editDistance } from '../../search/edit-distance.ts';

/** The most likely intended name of a mistyped one; `undefined` if none is similar. */
export function didYouMean(name: string, names: Iterable<string>): string | undefined {
  const limit = Math.max(1, Math.floor(name.length / 3));
  let best: { name: string; distance: number } | undefined;
  for (const candidate of names) {
    const found = editDistance(name.toLowerCase(), candidate.toLowerCase(), limit);
    if (found <= limit && (!best || found < best.distance)) best = { name: candidate, distance: found };
  }
  return best?.name;
}
