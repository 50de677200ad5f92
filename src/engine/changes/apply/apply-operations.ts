import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ontology } from '../../../ontology/ontology.ts';
import { isFullyVisible, isPlainText } from '../../../ontology/plain-text.ts';
import type { Graph, Run } from '../../graph/graph.ts';
import { type ChangeAnswer, type OperationAnswer, type OperationFault, OperationsRefused } from '../answer.ts';
import { quoted } from '../check/quoted.ts';
import { appendChanges, changesOf, type NewChange } from '../log/change-log.ts';
import type { ChangeRequest } from '../operation.ts';
import { wasInTheWay } from './changed-under-lock.ts';
import { doOperation } from './do-operation.ts';
import { answerRequest, LONGEST_KEY, refuseRequest, takeRequest } from './idempotency.ts';
import { MOST_RELATIONS, readAffected } from './read-affected.ts';
import { referencesIn } from './references-in-operations.ts';
import { createWorkingGraph, type NetChanges, type WorkingEntity } from './working-graph.ts';
import { writeChanges } from './write-changes.ts';

/** Maximum number of operations in a request. */
export const MOST_OPERATIONS = 100;

/** Maximum length of a reason. */
export const LONGEST_REASON = 2_000;

/** Maximum number of retries of a request that conflicts with concurrent ones. */
const ATTEMPTS = 8;

/** Ends a transaction without writing, with the result that it would have had. */
class OnlyTried extends Error {
  readonly answer: ChangeAnswer;

  constructor(answer: ChangeAnswer) {
    super('The change was a dry run.');
    this.answer = answer;
  }
}

/**
 * Executes all operations of a request in one transaction, or none, and appends the changes to the log. Retries
 * requests that conflict with concurrent ones. A request whose commit was not acknowledged is not executed twice, and
 * one that failed under a key stays failed.
 * @throws OperationsRefused with every fault; GraphError
 */
export async function applyOperations(graph: Graph, request: ChangeRequest): Promise<ChangeAnswer> {
  refuseOversized(request);
  const transaction = randomUUID();
  let prepared: ChangeAnswer | undefined;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await graph.write(async (run) => {
        const done = await applyIn(graph.ontology, run, request, transaction, prepared);
        if (done instanceof OperationsRefused) return done;
        prepared = done;
        if (request.dryRun) throw new OnlyTried(unlogged(prepared));
        return prepared;
      });
      if (answer instanceof OperationsRefused) throw answer;
      return answer;
    } catch (error) {
      if (error instanceof OnlyTried) return error.answer;
      if (attempt === ATTEMPTS || !wasInTheWay(error)) throw error;
      await sleep(Math.random() * 10 * attempt);
    }
  }
}

/**
 * @param prepared the answer of an earlier try, of which it is not known whether it was committed
 * @returns the answer, or the refusal where that is kept, which is to be committed too
 * @throws OperationsRefused, ChangedUnderLock, GraphError
 */
async function applyIn(
  ontology: Ontology,
  run: Run,
  request: ChangeRequest,
  transaction: string,
  prepared: ChangeAnswer | undefined,
): Promise<ChangeAnswer | OperationsRefused> {
  const { operations, author, authorId, reason, idempotencyKey: key } = request;
  const authorship = { transaction, author, authorId, reason };
  const keyed = key === undefined ? undefined : { ...authorship, key, operations };
  const answered = keyed && (await takeRequest(ontology, run, keyed));
  if (answered) return answered;
  const refuse = async (faults: readonly OperationFault[]): Promise<OperationsRefused> => {
    const refusal = new OperationsRefused(faults);
    if (!keyed || request.dryRun) throw refusal;
    await refuseRequest(run, keyed, faults);
    return refusal;
  };

  const held = await readAffected(ontology, run, referencesIn(ontology, operations));
  // A commit that was still going on has ended by now: what it changed or created was waited for.
  if (prepared && (await changesOf(ontology, run, transaction)).length > 0) return prepared;
  if (held.importing) return refuse([stillImporting]);
  const graph = createWorkingGraph(ontology, held.entities, held.relations, held.lastRevisions);
  const done = operations.map((operation) => doOperation(graph, operation));
  const faults = done.flatMap(({ faults }, operation) => faults.map((fault) => ({ ...fault, operation })));
  if (faults.length > 0) return refuse(faults);
  if (held.tooMany !== undefined) return refuse([tooManyRelations(request, held.tooMany)]);

  const net = graph.netChanges();
  const removed = new Set(net.removedEntities.map(({ slug }) => slug));
  const deleting = new Map(
    done.flatMap(({ entity }, operation) => (removed.has(entity.slug) ? [[entity.slug, operation] as const] : [])),
  );
  const undeletable = unknownRelationFaults(deleting, held.unknownRelations);
  if (undeletable.length > 0) return refuse(undeletable);
  const revisions = revisionsIn(net);
  const answers = done.map(({ outcome, entity }): OperationAnswer => {
    const there = graph.entity(entity.slug);
    const revision = there ? (revisions.get(there) ?? there.revision) : null;
    return { outcome, entity: { kind: entity.kind, slug: entity.slug }, revision };
  });
  const [, , changes] = await Promise.all([
    writeChanges(ontology, run, net),
    keyed && answerRequest(run, keyed, answers),
    appendChanges(run, changesIn(net, revisions), authorship),
  ]);
  return { answers, changes, repeated: false };
}

/** Why entities cannot be deleted: relationships of other programs lead to or from them, in a database that was adopted. */
const unknownRelationFaults = (
  deleting: ReadonlyMap<string, number>,
  unknown: ReadonlyMap<string, readonly string[]>,
): readonly OperationFault[] =>
  [...deleting].flatMap(([slug, operation]) => {
    const types = unknown.get(slug) ?? [];
    if (types.length === 0) return [];
    const message = `${quoted(slug)} has relationships that the ontology does not know: ${types.slice(0, 5).join(', ')}. Delete these in Neo4j first.`;
    return [{ operation, path: [], code: 'CONFLICT', message }];
  });

/** The revisions of the entities that change, after it. */
const revisionsIn = ({ removedEntities, createdEntities, changedEntities, touchedEntities }: NetChanges) =>
  new Map<WorkingEntity, number>([
    ...createdEntities.map((entity) => [entity, entity.revision] as const),
    ...[...removedEntities, ...changedEntities, ...touchedEntities].map(
      (entity) => [entity, entity.revision + 1] as const,
    ),
  ]);

/** The changes in an order in which no relation is ever without its ends. */
function changesIn(net: NetChanges, revisions: ReadonlyMap<WorkingEntity, number>): readonly NewChange[] {
  const entities = (action: 'CREATED' | 'UPDATED' | 'DELETED', changed: NetChanges['changedEntities']) =>
    changed.map((entity): NewChange => {
      const { kind, slug, before, state } = entity;
      const revision = revisions.get(entity) ?? entity.revision;
      return { subject: 'ENTITY', action, entity: { kind, slug }, before, after: state, revision };
    });
  const relations = (action: 'CREATED' | 'UPDATED' | 'DELETED', changed: NetChanges['changedRelations']) =>
    changed.map(({ type, from, to, before, state }): NewChange => {
      const ends = { from: { kind: from.kind, slug: from.slug }, to: { kind: to.kind, slug: to.slug } };
      return { subject: 'RELATION', action, relation: type, ...ends, before, after: state };
    });
  return [
    ...relations('DELETED', net.removedRelations),
    ...entities('DELETED', net.removedEntities),
    ...entities('CREATED', net.createdEntities),
    ...entities('UPDATED', net.changedEntities),
    ...relations('CREATED', net.createdRelations),
    ...relations('UPDATED', net.changedRelations),
  ];
}

const unlogged = (answer: ChangeAnswer): ChangeAnswer =>
  answer.repeated ? answer : { ...answer, changes: answer.changes.map((change) => ({ ...change, sequence: 0 })) };

/** @throws OperationsRefused */
function refuseOversized({ operations, reason = '', idempotencyKey: key }: ChangeRequest): void {
  const faults: OperationFault[] = [];
  if (operations.length > MOST_OPERATIONS)
    faults.push({
      operation: MOST_OPERATIONS,
      path: [],
      code: 'BAD_USER_INPUT',
      message: `A transaction has at most ${MOST_OPERATIONS} operations; this one has ${operations.length}. Split it.`,
    });
  const fault = key === undefined ? undefined : keyFault(key);
  if (fault !== undefined)
    faults.push({ operation: 0, path: ['idempotencyKey'], code: 'BAD_USER_INPUT', message: fault });
  if (reason.length > LONGEST_REASON)
    faults.push({
      operation: 0,
      path: ['reason'],
      code: 'BAD_USER_INPUT',
      message: `A reason has at most ${LONGEST_REASON} characters; this one has ${reason.length}. Shorten it.`,
    });
  if (!isPlainText(reason))
    faults.push({
      operation: 0,
      path: ['reason'],
      code: 'BAD_USER_INPUT',
      message: 'A reason has no control characters and no characters that reorder it: remove them.',
    });
  if (faults.length > 0) throw new OperationsRefused(faults);
}

function keyFault(key: string): string | undefined {
  if (key === '' || key.length > LONGEST_KEY)
    return `An idempotency key has 1 to ${LONGEST_KEY} characters; this one has ${key.length}.`;
  if (!isFullyVisible(key)) return 'An idempotency key has visible characters only. Remove the others.';
  return undefined;
}

/** The graph contains part of an import that was checked as a whole, so nothing can be checked against it. */
const stillImporting: OperationFault = {
  operation: 0,
  path: [],
  code: 'CONFLICT',
  message:
    'An import is in progress. Try again when `/ready` reports that it is complete, under a new idempotency key.',
};

const tooManyRelations = ({ operations }: ChangeRequest, at: string): OperationFault => ({
  operation: operations.findIndex((operation) => operation.action === 'DELETE' && operation.slug === at),
  path: [],
  code: 'CONFLICT',
  message: `The deletion would remove more than ${MOST_RELATIONS} relations, too many for one transaction. Unlink some first.`,
});
