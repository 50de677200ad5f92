import type { Graph } from '../graph/graph.ts';
import { queryFile } from '../graph/query-files.ts';

const presentFile = queryFile<{ readonly slugs: readonly string[] }, readonly [present: readonly string[]]>(
  'entities-present',
);

/** Which of these slugs no entity has. @throws GraphError */
export async function findMissing(graph: Graph, slugs: readonly string[]): Promise<readonly string[]> {
  if (slugs.length === 0) return [];
  const [[present] = [[]]] = await graph.read(presentFile, { slugs });
  const known = new Set(present);
  return slugs.filter((slug) => !known.has(slug));
}
