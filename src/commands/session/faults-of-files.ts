import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Config } from '../../config.ts';
import { attempt } from '../../database/system/attempt.ts';
import { readTrustedDocuments } from '../../http/documents/trusted-documents.ts';
import { checkAuditFile } from '../../http/observability/audit-log.ts';

function checkGraph(graph: string): void {
  if (attempt(() => statSync(resolve(graph)).isFile())) return;
  throw new Error(`SILKGRAPH_GRAPH is ${JSON.stringify(graph)}, which is not a file.`);
}

function checkDocuments(path: string): void {
  try {
    readTrustedDocuments(path);
  } catch (error) {
    throw new Error(`SILKGRAPH_TRUSTED_DOCUMENTS: ${(error as Error).message}`);
  }
}

function faultOf(check: () => void): readonly string[] {
  try {
    check();
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

/** Files of the settings that a server would refuse at its start. */
export function faultsOfFiles({ trustedDocuments, audit, graph }: Config): readonly string[] {
  return [
    ...(trustedDocuments === undefined ? [] : faultOf(() => checkDocuments(trustedDocuments))),
    ...(audit === undefined || audit === 'stdout' ? [] : faultOf(() => checkAuditFile(audit))),
    ...(graph === undefined ? [] : faultOf(() => checkGraph(graph))),
  ];
}
