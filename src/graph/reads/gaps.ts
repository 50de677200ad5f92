import type { Kind } from '../../ontology/vocabulary.ts';
import type { Graph, Parameters } from '../graph.ts';
import { Scope } from '../scope.ts';
import type { Statement } from '../statement.ts';
import { type Filter, predicate } from './filter.ts';

/** A gap in the data: the entities of a kind to which it applies. */
export interface Gap {
  readonly kind: Kind;
  readonly filter: Filter;
}

export interface GapCount {
  /** Entities that have the gap. */
  readonly count: number;
  /** Entities of the kind. */
  readonly of: number;
}

/** Counts gaps in one statement that visits each kind once; in the order of the gaps. @throws GraphError */
export async function countGaps(graph: Graph, gaps: readonly Gap[]): Promise<readonly GapCount[]> {
  const scope = new Scope('p');
  const kinds = [...new Set(gaps.map(({ kind }) => kind))];
  const gapsOf = (kind: Kind) => gaps.filter((gap) => gap.kind === kind);
  const columns = kinds.map((kind, index) => {
    const [node, keys] = [scope.variable('n'), scope.variable('k')];
    const holds = ({ filter }: Gap) => {
      const isAbsence = 'exists' in filter && !filter.exists;
      return isAbsence ? `NOT ${scope.value(filter.property)} IN ${keys}` : predicate(filter, node, scope);
    };
    const counts = gapsOf(kind).map((gap) => `count(CASE WHEN ${holds(gap)} THEN 1 END)`);
    // To look for a property that is absent, Neo4j reads all that a node has: so they are read once for all gaps.
    const found = `MATCH (${node}:${kind}) WITH ${node}, keys(${node}) AS ${keys}`;
    return `COLLECT { ${found} RETURN [${['count(*)', ...counts].join(', ')}] } AS a${index}`;
  });
  // Each column is a list of one: how many there are of a kind, and how many of them have each of its gaps.
  const statement: Statement<Parameters, readonly (readonly (readonly number[])[])[]> = {
    name: 'gaps',
    text: `RETURN ${columns.join(', ')}`,
  };
  const [answer] = await graph.read(statement, scope.parameters);
  const found = new Map<Gap, GapCount>();
  for (const [index, kind] of kinds.entries()) {
    const [[of = 0, ...counts] = []] = answer?.[index] ?? [];
    for (const [at, gap] of gapsOf(kind).entries()) found.set(gap, { count: counts[at] ?? 0, of });
  }
  return gaps.map((gap) => found.get(gap) ?? { count: 0, of: 0 });
}
