import type { Graph } from '../graph.ts';
import type { Statement } from '../statement.ts';

const present: Statement = {
  name: 'entities-present',
  text: 'UNWIND $slugs AS slug MATCH (entity:Entity {id: slug}) RETURN collect(entity.id)',
};

/** Which of these slugs no entity has. @throws GraphError */
export async function findMissing(graph: Graph, slugs: readonly string[]): Promise<readonly string[]> {
  if (slugs.length === 0) return [];
  const [row] = await graph.read(present, { slugs });
  const found = new Set((row?.[0] ?? []) as readonly string[]);
  return slugs.filter((slug) => !found.has(slug));
}
