import type { Driver, ProfiledPlan } from 'neo4j-driver';
import type { RanStatement } from '../../src/engine/graph/graph.ts';

const below = ({ dbHits, children }: ProfiledPlan): number =>
  children.reduce((sum, child) => sum + below(child), Number(dbHits));

/** How often Neo4j reads its store for these statements. */
export async function hitsOf(
  driver: Driver,
  statements: Iterable<Pick<RanStatement, 'text' | 'parameters'>>,
): Promise<number> {
  const session = driver.session({ defaultAccessMode: 'READ' });
  try {
    let sum = 0;
    for (const { text, parameters } of statements) {
      const { summary } = await session.run(`PROFILE ${text}`, parameters);
      sum += summary.profile ? below(summary.profile) : 0;
    }
    return sum;
  } finally {
    await session.close();
  }
}
