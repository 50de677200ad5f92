import type { Provenance } from '../../ontology/provenance.ts';
import type { PlanScope } from '../graph/plan-scope.ts';

/** Plans ask for sources only where the ontology has them. */
export function provenanceOf({ ontology }: PlanScope): Provenance {
  if (!ontology.provenance) throw new Error('The ontology has no provenance.');
  return ontology.provenance;
}

/**
 * The sources of a relation, as an expression: its own or, if it has none, those of its start entity.
 *
 * @param from the name of the start; `null` if only the edge knows it
 * @param rowOf the row of a source, as an expression on its node
 */
export function sourcesOf(
  edge: string,
  from: string | null,
  rowOf: (source: string) => string,
  scope: PlanScope,
): string {
  const provenance = provenanceOf(scope);
  const slug = scope.variable('s');
  const source = scope.variable('n');
  const row = rowOf(source);
  const own = `COLLECT { UNWIND ${edge}.${provenance.property} AS ${slug} MATCH (${source}:${provenance.kind} {id: ${slug}}) RETURN ${row} ORDER BY ${source}.name, ${source}.id }`;
  const start = from ?? scope.variable('n');
  const citing = from ? '' : `UNWIND [startNode(${edge})] AS ${start} `;
  const cited = `COLLECT { ${citing}MATCH (${start})-[:${provenance.relation}]->(${source}) RETURN ${row} ORDER BY ${source}.name, ${source}.id }`;
  return `CASE WHEN ${edge}.${provenance.property} IS NULL THEN ${cited} ELSE ${own} END`;
}
