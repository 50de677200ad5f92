import type { OperationRecord } from '../operation-record.ts';
import { stateOf } from '../request-state.ts';
import { arrivalOf, namesOf } from '../use-request-id.ts';

/** Maximum number of statements in a record. */
const KEPT_STATEMENTS = 200;

/** The record of the operation of a request; it begins with the first call. */
export function recordOf(request: Request): OperationRecord {
  const state = stateOf(request);
  if (state.operationRecord) return state.operationRecord;
  const { id, clientId, traceId, time } = arrivalOf(request);
  const record: OperationRecord = {
    ...namesOf(request),
    ...(clientId === undefined ? {} : { clientRequestId: clientId }),
    started: time,
    name: '',
    outcome: 'OK',
    codes: [],
    statements: [],
    statementCount: 0,
    answeredCount: 0,
    rowCount: 0,
    databaseMilliseconds: 0,
    milliseconds: 0,
    metadata: { requestId: id, ...(traceId === undefined ? {} : { traceId }) },
    observe({ parameters: _, ...ran }) {
      record.statementCount += 1;
      if (!ran.error) record.answeredCount += 1;
      record.rowCount += ran.rows;
      record.databaseMilliseconds += ran.milliseconds;
      if (record.statements.length < KEPT_STATEMENTS) record.statements.push(ran);
    },
  };
  state.operationRecord = record;
  return record;
}
