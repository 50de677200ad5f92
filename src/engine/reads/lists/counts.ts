import type { Scalar } from '../plan.ts';
import { where } from '../predicate.ts';
import { leadsFromOnly } from './closures.ts';
import type { Side } from './keyset.ts';
import type { ListedEntities } from './listed-entities.ts';

/** The number of all entities of a list, as an expression. */
export function totalCount(list: ListedEntities): string {
  const { plan, scope, membersAhead } = list;
  const node = scope.variable('n');
  const edge = list.edgeName(list.filtersEdge);
  if (membersAhead) {
    const others = where([list.fits('', node, membersAhead.others)]);
    const { kind } = plan.target;
    const isSure = others === '' && leadsFromOnly(scope.ontology, membersAhead.relation, kind);
    const { found } = list.fromMembers(membersAhead, node);
    if (isSure) return `COUNT { ${found} RETURN DISTINCT ${node} }`;
    const each = list.closures.merged(found, `DISTINCT ${node}`);
    return `COUNT { ${each} MATCH (${node}:${kind})${others} RETURN ${node} }`;
  }
  const fits = list.fits(edge, node);
  // Without a condition, Neo4j reads the number from the count store, or from the degree store if the far end has no
  // label.
  if (fits === 'true') return `COUNT { ${plan.relation ? list.from('', '') : `MATCH ${list.from('', node)}`} }`;
  return `COUNT { MATCH ${list.from(edge, node)} WHERE ${fits} }`;
}

/** Whether a list has any entity on one side of a bound, as an expression. */
export function hasAny(list: ListedEntities, bound: readonly Scalar[], side: Side): string {
  const found = list.findBySegment([[bound, side]]).map(({ text, node }) => `EXISTS { ${text} RETURN ${node} }`);
  return found.join(' OR ') || 'false';
}
