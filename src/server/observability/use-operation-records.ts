import { type ExecutionArgs, type ExecutionResult, getOperationAST } from 'graphql';
import { isAsyncIterable } from 'graphql-yoga';
import type { ErrorCode } from '../../graphql/errors.ts';
import { viewerOf } from '../access/caller.ts';
import { noteRefusal } from '../note-refusal.ts';
import type { OperationRecord } from '../operation-record.ts';
import type { RequestPlugin } from '../phases.ts';
import { requestIn, stateOf } from '../request-state.ts';
import { shortened } from './bounded-names.ts';
import type { OperationObserver } from './operation-observer.ts';
import { recordOf } from './record-of.ts';

/** The status that proxies log for a client that disconnected; it is never sent. */
const CALLER_GONE = 499;

/** Records each operation on any transport, and reports it to the observers at its end. */
export function useOperationRecords(observers: readonly OperationObserver[]): RequestPlugin {
  /** Subscriptions, which do not end with their response. */
  const live = new WeakSet<OperationRecord>();

  function begin({ document, operationName, contextValue }: ExecutionArgs): OperationRecord | undefined {
    const request = requestIn(contextValue);
    const operation = getOperationAST(document, operationName);
    if (!request || !operation) return undefined;
    const record = recordOf(request);
    record.type = operation.operation;
    record.name = shortened(operation.name?.value ?? '');
    if (record.name !== '') record.metadata.operation = record.name;
    return record;
  }

  function end(request: Request, record: OperationRecord): void {
    const viewer = viewerOf(request);
    if (viewer.role !== null) record.caller = viewer.name;
    record.milliseconds = performance.now() - record.started;
    if (request.signal.aborted && record.outcome !== 'OK') {
      record.outcome = 'CALLER_GONE';
      // A failure because the client has disconnected is not an error of the server.
      record.codes.length = 0;
    }
    for (const observer of observers) observer.ended?.(record, request);
  }

  return {
    phase: 'record',
    onExecute: ({ args }) => void begin(args),
    onSubscribe({ args }) {
      const record = begin(args);
      const request = requestIn(args.contextValue);
      if (!record || !request) return undefined;
      return {
        onSubscribeResult({ result }) {
          if (!isAsyncIterable(result)) return undefined;
          live.add(record);
          for (const observer of observers) observer.subscribed?.(1);
          const { signal } = request;
          let isOver = false;
          const onEnd = () => {
            if (isOver) return;
            isOver = true;
            signal.removeEventListener('abort', onEnd);
            for (const observer of observers) observer.subscribed?.(-1);
            end(request, record);
          };
          // If the client disconnects before the first result, nothing iterates the results to their end.
          signal.addEventListener('abort', onEnd, { once: true });
          if (signal.aborted) onEnd();
          return { onEnd };
        },
      };
    },
    onResultProcess({ request, result }) {
      if (isAsyncIterable(result)) return;
      const { errors = [] } = result as ExecutionResult;
      const record = recordOf(request);
      for (const error of errors) {
        record.codes.push(error.extensions.code as ErrorCode);
        noteRefusal(request, error);
      }
      record.outcome = record.codes[0] ?? 'OK';
    },
    onResponse({ request, response: { status } }) {
      const sent = request.signal.aborted && status >= 500 ? CALLER_GONE : status;
      for (const observer of observers) observer.responded?.(sent);
      const { operationRecord: record } = stateOf(request);
      if (record && !live.has(record)) end(request, record);
    },
  };
}
