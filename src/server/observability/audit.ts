import { hash } from 'node:crypto';
import {
  type DocumentNode,
  type ExecutionArgs,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionSetNode,
} from 'graphql';
import { isAsyncIterable } from 'graphql-yoga';
import { memoize } from '../../ontology/memoize.ts';
import { viewerOf } from '../access/caller.ts';
import type { RequestPlugin } from '../phases.ts';
import { type Operation, requestIn, stateOf } from '../request-state.ts';
import { arrivalOf } from '../use-request-id.ts';
import type { AuditEntry, AuditLog } from './audit-log.ts';
import { shortened } from './bounded-names.ts';
import type { OperationObserver } from './operation-observer.ts';

/** Maximum number of root fields in a line. */
const NAMED = 20;

/** An export that has ended, whether completely or not. */
export interface EndedExport {
  /** `graph`, a kind, a relation type, or `answer`. */
  readonly subject: string;
  readonly format: string;
  readonly outcome: 'OK' | 'BROKEN_OFF';
  /** Size of the text before compression, in bytes. */
  readonly bytes: number;
}

/** Writes a line to the audit log for each operation and each export. */
export interface Audit {
  /** Sees also the operations that are refused, because it stands before whatever may refuse one. */
  readonly plugin: RequestPlugin;
  readonly observer: OperationObserver;
  exported(request: Request, ended: EndedExport): void;
}

/** SHA-256 of the text of a document, as it also identifies trusted documents. */
const hashOf = memoize((document: DocumentNode): string =>
  hash('sha256', document.loc?.source.body ?? print(document)),
);

function rootFields(document: DocumentNode, operation: OperationDefinitionNode): readonly string[] {
  const fields = new Set<string>();
  const entered = new Set<string>();
  const look = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (fields.size >= NAMED) return;
      if (selection.kind === Kind.FIELD) fields.add(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) look(selection.selectionSet);
      else lookInto(selection.name.value);
    }
  };
  const lookInto = (name: string): void => {
    if (entered.has(name)) return;
    entered.add(name);
    for (const definition of document.definitions)
      if (definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name) look(definition.selectionSet);
  };
  look(operation.selectionSet);
  return [...fields];
}

function operationOf({ document, operationName }: ExecutionArgs): Operation | undefined {
  const operation = getOperationAST(document, operationName);
  if (!operation) return undefined;
  const name = operation.name?.value;
  return {
    type: operation.operation,
    ...(name === undefined ? {} : { operation: shortened(name) }),
    documentHash: hashOf(document),
    fields: rootFields(document, operation),
  };
}

/** The caller of a request, and its address. */
function callerIn(request: Request): AuditEntry {
  const viewer = viewerOf(request);
  const { address } = stateOf(request);
  const { id, clientId } = arrivalOf(request);
  return {
    requestId: id,
    ...(clientId === undefined ? {} : { clientRequestId: clientId }),
    ...(address === undefined ? {} : { address }),
    ...(viewer.role === null ? {} : { caller: viewer.name, callerId: viewer.id, role: viewer.role }),
  };
}

/** Connects a server to its audit log. */
export function createAudit(auditLog: AuditLog): Audit {
  /** Records the executed operation, for the line at its end. */
  function note(args: ExecutionArgs): Request | undefined {
    const request = requestIn(args.contextValue);
    const operation = request && operationOf(args);
    if (operation) stateOf(request).operation = operation;
    return request;
  }

  return {
    plugin: {
      phase: 'identify',
      onExecute: ({ args }) => void note(args),
      onSubscribe({ args }) {
        const request = note(args);
        return {
          onSubscribeResult({ result }) {
            // It may last for days, and the other line is written at its end.
            if (!request || !isAsyncIterable(result)) return;
            auditLog.write({ event: 'subscribed', ...callerIn(request), ...stateOf(request).operation });
          },
        };
      },
    },
    observer: {
      ended({ outcome, rowCount, milliseconds }, request) {
        auditLog.write({
          event: 'operation',
          ...callerIn(request),
          ...stateOf(request).operation,
          outcome,
          rows: rowCount,
          ms: Math.round(milliseconds),
        });
      },
    },
    exported: (request, ended) => auditLog.write({ event: 'export', ...callerIn(request), ...ended }),
  };
}
