import type { Kind } from '../../ontology/vocabulary.ts';
import type { Graph, Parameters } from '../graph/graph.ts';
import { Scope } from '../graph/scope.ts';
import type { Statement } from '../graph/statement.ts';
import type { Filter } from './filter.ts';
import { predicate } from './predicate.ts';

/** A gap in the data: the entities of a kind to which it applies. */
export interface Gap {
  readonly kind: Kind;
  readonly filter: Filter;
  /** The entities of the kind that could have the gap. @default all */
  readonly among?: Filter | undefined;
}

export interface GapCount {
  /** Entities that have the gap. */
  readonly count: number;
  /** Entities of the kind that could have it. */
  readonly of: number;
}

const isAbsence = (filter: Filter): filter is Extract<Filter, { readonly exists: boolean }> =>
  'exists' in filter && !filter.exists;

/**
 * Whether a gap's filter holds. To find that a property is absent, Neo4j reads all that a node has, so the names of its
 * properties are read once for all gaps.
 */
const holds = (filter: Filter, node: string, names: string, scope: Scope): string =>
  isAbsence(filter) ? `NOT ${scope.value(filter.property)} IN ${names}` : predicate(filter, node, scope);

/** Counts gaps in one statement that visits each kind once; in the order of the gaps. @throws GraphError */
export async function countGaps(graph: Graph, gaps: readonly Gap[]): Promise<readonly GapCount[]> {
  const scope = new Scope('p');
  const kinds = [...new Set(gaps.map(({ kind }) => kind))];
  const gapsOf = (kind: Kind) => gaps.filter((gap) => gap.kind === kind);
  const countOf = (conditions: readonly string[]) =>
    conditions.length === 0 ? 'count(*)' : `count(CASE WHEN ${conditions.join(' AND ')} THEN 1 END)`;
  const columns = kinds.map((kind, index) => {
    const [node, names] = [scope.variable('n'), scope.variable('k')];
    const counts = gapsOf(kind).flatMap(({ filter, among }) => {
      const isAmong = among ? [predicate(among, node, scope)] : [];
      return [countOf([...isAmong, holds(filter, node, names, scope)]), countOf(isAmong)];
    });
    const withNames = gapsOf(kind).some(({ filter }) => isAbsence(filter))
      ? ` WITH ${node}, keys(${node}) AS ${names}`
      : '';
    return `COLLECT { MATCH (${node}:${kind})${withNames} RETURN [${counts.join(', ')}] } AS a${index}`;
  });
  // Each column is a list of one: for each gap of a kind, how many entities have it, and of how many.
  const statement: Statement<Parameters, readonly (readonly (readonly number[])[])[]> = {
    name: 'gaps',
    text: `RETURN ${columns.join(', ')}`,
  };
  const [answer] = await graph.read(statement, scope.parameters);
  const found = new Map<Gap, GapCount>();
  for (const [index, kind] of kinds.entries()) {
    const [counts = []] = answer?.[index] ?? [];
    for (const [at, gap] of gapsOf(kind).entries()) {
      found.set(gap, { count: counts[2 * at] ?? 0, of: counts[2 * at + 1] ?? 0 });
    }
  }
  return gaps.map((gap) => found.get(gap) ?? { count: 0, of: 0 });
}
