import type { Graph, ReadOptions } from '../graph/graph.ts';
import { planExplained } from './meanings/explain-matches.ts';
import { planNamed } from './meanings/named-entities.ts';
import { planRelated } from './meanings/related-matches.ts';
import { planDated } from './meanings/times.ts';

/**
 * Has Neo4j plan what a search reads only if its words name something, so that the first such search need not wait.
 * @throws GraphError
 */
export async function planSearch(graph: Graph, options: ReadOptions): Promise<void> {
  for (const plan of [planNamed, planDated, planRelated, planExplained]) await plan(graph, options);
}
