import {
  createReconciliationService,
  type ReconciliationService,
} from '../doors/reconciliation/reconciliation-service.ts';
import type { Silkgraph } from './silkgraph.ts';

/** The reconciliation service of a graph. */
export const reconciliationFor = ({
  ontology,
  schema,
}: Pick<Silkgraph, 'ontology' | 'schema'>): ReconciliationService =>
  createReconciliationService({ ontology, schema, name: 'Silkgraph' });
