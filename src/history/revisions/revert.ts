import type { ChangeAnswer, OperationFault } from '../../engine/changes/answer.ts';
import { OperationsRefused } from '../../engine/changes/answer.ts';
import { applyOperations, MOST_OPERATIONS } from '../../engine/changes/apply/apply-operations.ts';
import { type Change, isOfRecord, type RecordState } from '../../engine/changes/change.ts';
import { changesOf } from '../../engine/changes/log/change-log.ts';
import { readChanges } from '../../engine/changes/log/read-changes.ts';
import type { ChangeRequest, Operation } from '../../engine/changes/operation.ts';
import type { RecordFields } from '../../engine/changes/record-fields.ts';
import type { Graph } from '../../engine/graph/graph.ts';
import { differencesOf, type EntityDifference, type RecordDifference, type RelationDifference } from './difference.ts';
import { differenceToday } from './former-properties.ts';

/** Which changes to revert, and on whose behalf. */
export interface RevertRequest extends Omit<ChangeRequest, 'operations'> {
  /** The transaction that made them. */
  readonly transaction: string;
  /** Receives what would be done before it is; what it throws refuses all. */
  readonly check?: (operations: readonly Operation[]) => Promise<void>;
}

const refusal = (message: string, code: OperationFault['code'] = 'BAD_USER_INPUT') =>
  new OperationsRefused([{ operation: 0, path: ['transaction'], code, message }]);

const propertiesIn = (state: RecordState): RecordFields => Object(state.properties);

const sourcesIn = ({ sources }: RecordState): readonly string[] | undefined =>
  Array.isArray(sources) ? sources.map(String) : undefined;

function entityBack({ entity: { kind, slug }, before, after: expectedState }: EntityDifference): Operation {
  if (before === null) return { action: 'DELETE', kind, slug, expectedState };
  if (expectedState === null) return { action: 'CREATE', kind, slug, properties: before, expectedState };
  return { action: 'UPSERT', kind, slug, properties: before, expectedState };
}

function relationBack({ relation, from, to, before, after: expectedState }: RelationDifference): Operation {
  const between = { relation, from: from.slug, to: to.slug, expectedState };
  if (before === null) return { action: 'UNLINK', ...between };
  return { action: 'LINK', ...between, properties: propertiesIn(before), sources: sourcesIn(before) };
}

/** In an order in which nothing is ever without what it needs. */
const steps: Readonly<Record<Operation['action'], number>> = {
  UNLINK: 0,
  CREATE: 2,
  UPDATE: 3,
  UPSERT: 3,
  LINK: 4,
  DELETE: 5,
};

/** The operations that undo differences. */
function operationsBack(differences: readonly RecordDifference[]): readonly Operation[] {
  const operations = differences.map((one) => (one.subject === 'ENTITY' ? entityBack(one) : relationBack(one)));
  const created = new Set(operations.flatMap((operation) => (operation.action === 'CREATE' ? operation.slug : [])));
  // What took the slug of an entity of another kind makes way for it.
  const stepOf = (operation: Operation) =>
    operation.action === 'DELETE' && created.has(operation.slug) ? 1 : steps[operation.action];
  return operations.sort((left, right) => stepOf(left) - stepOf(right));
}

const slugsOf = (operation: Operation): readonly string[] =>
  'relation' in operation ? [operation.from, operation.to] : [operation.slug];

/** Whether a change is of the record of an operation. */
const isOf = (change: Change, operation: Operation): boolean => {
  if (!isOfRecord(change)) return false;
  if (change.subject === 'ENTITY') return !('relation' in operation) && change.entity.slug === operation.slug;
  if (!('relation' in operation)) return false;
  return (
    change.relation === operation.relation && change.from.slug === operation.from && change.to.slug === operation.to
  );
};

/** The same, or of a relation of that entity. */
const isAbout = (change: Change, operation: Operation): boolean =>
  isOf(change, operation) ||
  (change.subject === 'RELATION' &&
    !('relation' in operation) &&
    [change.from.slug, change.to.slug].includes(operation.slug));

/** Number of changes that are read at once. */
const PAGE = 1_000;

/**
 * Refuses to delete what a later change gave a property that the ontology no longer has: the state of today does not show
 * it, and the value would be lost.
 * @throws OperationsRefused
 */
async function refuseFormerLater(graph: Graph, operations: readonly Operation[], end: number): Promise<void> {
  const deleting = operations.filter(({ action }) => action === 'DELETE' || action === 'UNLINK');
  const ids = [...new Set(deleting.flatMap(slugsOf))];
  const later: Change[] = [];
  let after = end;
  for (let isMore = ids.length > 0; isMore; ) {
    const { changes, isFull, last } = await readChanges(graph, { after, ids, first: PAGE });
    later.push(...changes.filter((change) => deleting.some((operation) => isOf(change, operation))));
    isMore = isFull;
    after = last;
  }
  for (const one of differencesOf(graph.ontology, later)) {
    const { former } = differenceToday(graph.ontology, one);
    const change = one.changes.at(-1);
    if (former === undefined || change === undefined) continue;
    throw refusal(
      `Transaction ${change.transaction}, by ${change.author}, later changed ${former}, which the ontology no longer has. Revert that one first, with the ontology that has it.`,
      'CONFLICT',
    );
  }
}

/** The same refusal, with the later changes that are in the way. */
async function explained(
  graph: Graph,
  { faults, repeated }: OperationsRefused,
  operations: readonly Operation[],
  after: number,
): Promise<OperationsRefused> {
  const ids = [...new Set(faults.flatMap(({ operation }) => operations[operation] ?? []).flatMap(slugsOf))];
  const { changes } = ids.length > 0 ? await readChanges(graph, { after, ids, first: PAGE }) : { changes: [] };
  return new OperationsRefused(
    faults.map((fault) => {
      const operation = operations[fault.operation];
      const later = operation && changes.findLast((change) => isAbout(change, operation));
      const by = later
        ? ` The last is change ${later.sequence} of transaction ${later.transaction}, by ${later.author}.`
        : '';
      return { ...fault, path: ['transaction'], message: `${fault.message}${by}` };
    }),
    repeated,
  );
}

/**
 * Undoes what one transaction changed, as a new change: every record becomes what it was before. Refused where a record is
 * no longer as the transaction left it.
 * @throws OperationsRefused with every fault; GraphError
 */
export async function revertChanges(
  graph: Graph,
  { transaction, reason, check, ...more }: RevertRequest,
): Promise<ChangeAnswer> {
  const changes = await changesOf(graph.ontology, graph.read, transaction);
  const last = changes.at(-1);
  if (!last) {
    throw refusal(
      `The change log has no transaction ${JSON.stringify(transaction.slice(0, 100))}. \`changes\` lists them.`,
    );
  }
  if (changes.some((change) => change.subject === 'IMPORT' && !change.listed)) {
    throw refusal(
      'This is an import into an empty graph, which the log does not list. It cannot be reverted.',
      'CONFLICT',
    );
  }
  const differences = differencesOf(graph.ontology, changes).map((one) => differenceToday(graph.ontology, one));
  const former =
    changes.find((change) => change.subject === 'FORMER')?.of ?? differences.find((one) => one.former)?.former;
  if (former !== undefined) {
    throw refusal(
      `The transaction changed ${former}, which the ontology no longer has. Revert it with the ontology that has it.`,
      'CONFLICT',
    );
  }
  const operations = operationsBack(differences.map(({ difference }) => difference));
  if (operations.length === 0) throw refusal('The transaction left everything as it was. There is nothing to revert.');
  if (operations.length > MOST_OPERATIONS) {
    throw refusal(
      `The transaction changed ${operations.length} records; at most ${MOST_OPERATIONS} are reverted at once. Export the graph as of the revision before it, and import that.`,
    );
  }
  await check?.(operations);
  await refuseFormerLater(graph, operations, last.sequence);
  try {
    return await applyOperations(graph, {
      ...more,
      operations,
      reason: reason ?? `Reverts transaction ${transaction}.`,
    });
  } catch (error) {
    throw error instanceof OperationsRefused ? await explained(graph, error, operations, last.sequence) : error;
  }
}
