import type { Exported } from '../../data/export/export-graph.ts';
import { constantCase } from '../../ontology/letter-case.ts';
import type { Ontology } from '../../ontology/ontology.ts';

/** The subject of an export, or the fault of its name; neither if nothing is named. */
export interface NamedExport {
  readonly exported?: Exported;
  readonly fault?: string;
}

/** The kind or the relation type with a name, as the API writes it. */
export function namedExport(
  { kindNames, relationTypes, isRelationType }: Ontology,
  kind: string | undefined,
  relation: string | undefined,
): NamedExport {
  if (kind !== undefined) {
    const found = kindNames.find((name) => constantCase(name) === kind);
    if (found) return { exported: found };
    return { fault: `There is no kind ${kind}. The kinds are ${kindNames.map(constantCase).join(', ')}.` };
  }
  if (relation === undefined) return {};
  if (relation === 'ALL') return { exported: 'relations' };
  if (isRelationType(relation)) return { exported: relation };
  return {
    fault: `There is no relation ${relation}. Write its type as in ${relationTypes[0] ?? 'GROWS_IN'}, or ALL for all of them.`,
  };
}
