import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { attempt } from '../../../engine/database/system/attempt.ts';
import { readTrustedDocuments } from '../../../server/documents/trusted-documents.ts';
import { checkAuditFile } from '../../../server/observability/audit-log.ts';
import type { Environment } from '../../../service/settings/settings-reader.ts';

function checkDocuments(path: string): void {
  try {
    readTrustedDocuments(path);
  } catch (error) {
    throw new Error(`SILKGRAPH_TRUSTED_DOCUMENTS: ${(error as Error).message}`);
  }
}

function checkAudit(place: string): void {
  if (place !== 'off' && place !== 'stdout') checkAuditFile(place);
}

function checkGraph(graph: string): void {
  if (attempt(() => statSync(resolve(graph)).isFile())) return;
  throw new Error(`SILKGRAPH_GRAPH is ${JSON.stringify(graph)}, which is not a file.`);
}

/** Settings that name files which only a server reads or writes, and how each is checked. */
const checks = {
  SILKGRAPH_TRUSTED_DOCUMENTS: checkDocuments,
  SILKGRAPH_AUDIT: checkAudit,
  SILKGRAPH_GRAPH: checkGraph,
};

/** Faults of the files that settings name, for which a server would refuse to start. */
export function faultsOfFiles(env: Environment): readonly string[] {
  return Object.entries(checks).flatMap(([name, check]) => {
    const value = env[name]?.trim() ?? '';
    if (value === '') return [];
    try {
      check(value);
      return [];
    } catch (error) {
      return [(error as Error).message];
    }
  });
}
