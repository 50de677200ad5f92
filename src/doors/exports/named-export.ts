import { namedKind, noSuchKind } from '../../ontology/named-kind.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Exported } from '../data/export/export-graph.ts';

/** The subject of an export, or the fault of its name; neither if nothing is named. */
export interface NamedExport {
  readonly exported?: Exported;
  readonly fault?: string;
}

/** The kind or the relation type with a name, as the API writes it. */
export function namedExport(ontology: Ontology, kind: string | undefined, relation: string | undefined): NamedExport {
  const { relationTypes, isRelationType } = ontology;
  if (kind !== undefined) {
    const found = namedKind(ontology, kind);
    return found ? { exported: found } : { fault: noSuchKind(ontology, kind) };
  }
  if (relation === undefined) return {};
  if (relation === 'ALL') return { exported: 'relations' };
  if (isRelationType(relation)) return { exported: relation };
  return {
    fault: `There is no relation ${relation}. Write its type as in ${relationTypes[0] ?? 'GROWS_IN'}, or ALL for all of them.`,
  };
}
