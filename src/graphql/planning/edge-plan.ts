import { type EdgePlan, type EntityPlan, numbered } from '../../engine/reads/plan.ts';
import type { Properties } from '../../ontology/vocabulary.ts';
import type { Fields, Selection } from './selection.ts';

/**
 * The columns for what is selected of an edge, beside its target.
 *
 * @param known the properties of the relation
 * @param keys number of sort keys before them, for cursors
 * @param planSources plans the selection of its sources
 */
export function planEdge(
  known: Properties,
  fields: Fields,
  keys: number,
  planSources: (selection: Selection) => EntityPlan,
): EdgePlan {
  const names = new Set([...fields.values()].flat().map((node) => node.name.value));
  const properties = [...names].filter((name) => Object.hasOwn(known, name));
  const sourceKeys = [...fields].flatMap(([key, nodes]) => {
    const own = nodes.filter((node) => node.name.value === 'sources');
    return own.length > 0 ? [[key, own] as const] : [];
  });
  const afterProperties = 1 + keys + properties.length;
  const sources = sourceKeys.map(([key, nodes], index) => {
    return [key, { plan: planSources(nodes), column: afterProperties + index }] as const;
  });
  const ownSources = names.has('ownSources') ? afterProperties + sourceKeys.length : null;
  return {
    bare: keys === 0 && properties.length === 0 && sourceKeys.length === 0 && ownSources === null,
    keys,
    columns: numbered(properties, 1 + keys),
    sources: Object.fromEntries(sources),
    ownSources,
  };
}
