import { ownStatements as ofKeys } from '../../access/api-key-store.ts';
import { ownStatements as ofChanges } from '../../changes/log/read-changes.ts';
import { ownStatements as ofTouched } from '../../changes/log/read-touched.ts';
import { ownStatements as ofImports } from '../../data/import-marker.ts';
import type { Planner } from '../../graph/planning/planner.ts';
import { ownStatements as ofStatistics } from '../../graph/reads/statistics.ts';
import { ownStatements as ofSecrets } from '../../graph/shared-secret.ts';
import { emptyMaps, type Statement } from '../../graph/statement.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import { ownStatements as ofWatches } from '../../watching/leases.ts';

/** The statements that a server runs of its own, the most urgent first: until it knows the log, it stores no answers. */
export const ownStatements = (ontology: Ontology): readonly Statement[] => [
  ...ofTouched,
  ...ofStatistics(ontology),
  ...ofKeys,
  ...ofImports,
  ...ofWatches,
  ...ofChanges,
  ...ofSecrets,
];

/**
 * Begins to have the statements of the server planned. What runs one of them meanwhile waits for its planning.
 * @returns when the log can be read, and when all are planned; or cannot be
 */
export function planOwnStatements(planner: Planner, ontology: Ontology) {
  const planned = ownStatements(ontology).map((statement) => planner.plan(statement, emptyMaps(statement.text)));
  return { log: Promise.all(planned.slice(0, ofTouched.length)), all: Promise.all(planned) };
}
