import { basename } from 'node:path';
import type { Metafile } from 'esbuild';

type Outputs = Metafile['outputs'];

/** An output and all that it imports at its top. */
function withImports(outputs: Outputs, path: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const { path: imported, kind } of outputs[path]?.imports ?? [])
    if (kind === 'import-statement') withImports(outputs, imported, seen);
  return seen;
}

export interface Parts {
  /** What the entry imports at its top. */
  readonly first: readonly string[];
  /** What the page needs after that, largest first. */
  readonly later: readonly string[];
}

/**
 * File names of the scripts behind the imports that a page is sure to make, so that it can load them before one imports
 * another.
 *
 * @param entry end of the path of the module that the page loads first
 * @param modules ends of the paths of the modules that are imported later
 * @throws if no script was built of one of the modules
 */
export function partsOf(metafile: Metafile | undefined, entry: string, modules: readonly string[]): Parts {
  const outputs = metafile?.outputs ?? {};
  const paths = Object.keys(outputs).filter((path) => path.endsWith('.js'));
  function pathOf(module: string): string {
    const path = paths.find((each) => outputs[each]?.entryPoint?.endsWith(module));
    if (path === undefined) throw new Error(`No script was built of ${module}.`);
    return path;
  }
  const sizeOf = (path: string) => outputs[path]?.bytes ?? 0;
  const main = pathOf(entry);
  const first = withImports(outputs, main);
  const later = new Set(modules.flatMap((module) => [...withImports(outputs, pathOf(module))]));
  return {
    first: [...first].filter((path) => path !== main).map((path) => basename(path)),
    later: [...later]
      .filter((path) => !first.has(path))
      .sort((a, b) => sizeOf(b) - sizeOf(a))
      .map((path) => basename(path)),
  };
}
