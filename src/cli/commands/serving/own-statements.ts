import { ownStatements as ofImports } from '../../../doors/data/import-marker.ts';
import { ownStatements as ofKeys } from '../../../engine/access/api-key-store.ts';
import { ownStatements as ofChanges } from '../../../engine/changes/log/read-changes.ts';
import { ownStatements as ofTouched } from '../../../engine/changes/log/read-touched.ts';
import { ownStatements as ofSecrets } from '../../../engine/graph/shared-secret.ts';
import { emptyMaps, type Statement } from '../../../engine/graph/statement.ts';
import type { Planner } from '../../../engine/planning/planner.ts';
import { ownStatements as ofStatistics } from '../../../engine/reads/statistics.ts';
import { ownStatements as ofWatches } from '../../../history/watching/leases.ts';
import type { Ontology } from '../../../ontology/ontology.ts';

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
