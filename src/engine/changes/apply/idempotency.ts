import { createHash } from 'node:crypto';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { Run } from '../../graph/graph.ts';
import type { Statement } from '../../graph/statement.ts';
import { type ChangeAnswer, type OperationAnswer, type OperationFault, OperationsRefused } from '../answer.ts';
import type { Authorship } from '../log/change-log.ts';
import { changesOf } from '../log/change-log.ts';
import type { Operation } from '../operation.ts';

/** A stored request, so that repeating it with the same key returns the same result. */
export interface KeyedRequest extends Authorship {
  readonly key: string;
  readonly operations: readonly Operation[];
}

export const LONGEST_KEY = 200;

interface TakeParameters {
  readonly owner: string;
  readonly formerly: string | null;
  readonly key: string;
  readonly digest: string;
  readonly transaction: string;
}

type TakeColumns = readonly [digest: string, transaction: string, answers: string | null, faults: string | null];

// Owner and key are unique together, so a repeated request waits here until the first has finished. A request that was
// stored under the name of its author, before owners were distinguished, becomes the owner's.
const take: Statement<TakeParameters, TakeColumns> = {
  name: 'change-take-request',
  text: `OPTIONAL MATCH (earlier:\`_Request\` {author: $formerly, key: $key})
SET earlier.owner = $owner
REMOVE earlier.author
WITH count(*) AS looked
MERGE (request:\`_Request\` {owner: $owner, key: $key})
ON CREATE SET request.digest = $digest, request.transaction = $transaction, request.at = datetime.transaction()
RETURN request.digest, request.transaction, request.answers, request.faults`,
};

const answer: Statement<{ readonly owner: string; readonly key: string; readonly answers: string }> = {
  name: 'change-answer-request',
  text: 'MATCH (request:`_Request` {owner: $owner, key: $key}) SET request.answers = $answers',
};

const refuse: Statement<{ readonly owner: string; readonly key: string; readonly faults: string }> = {
  name: 'change-refuse-request',
  text: 'MATCH (request:`_Request` {owner: $owner, key: $key}) SET request.faults = $faults',
};

/**
 * The stored result of this request; otherwise reserves its key.
 * @throws OperationsRefused if it was refused before, or the key was used for other operations
 */
export async function takeRequest(
  ontology: Ontology,
  run: Run,
  request: KeyedRequest,
): Promise<ChangeAnswer | undefined> {
  const { key, transaction } = request;
  const digest = digestOf(request);
  const taken = { ...ownerOf(request), key, transaction, digest };
  const [[known, first, answers, faults] = [digest, transaction, null, null]] = await run(take, taken);
  if (known !== digest)
    throw new OperationsRefused([
      {
        operation: 0,
        path: ['idempotencyKey'],
        code: 'CONFLICT',
        message: `The idempotency key ${JSON.stringify(key)} was already used for other operations. Send the same operations, or use a new key.`,
      },
    ]);
  // If the response to a commit was lost, the driver retries the transaction, which then finds its own record.
  const repeated = first !== transaction;
  if (faults !== null) {
    const stored: readonly OperationFault[] = JSON.parse(faults);
    throw new OperationsRefused(stored, repeated);
  }
  if (answers === null) return undefined;
  const stored: readonly OperationAnswer[] = JSON.parse(answers);
  return { answers: stored, changes: await changesOf(ontology, run, first), repeated };
}

/** Stores the result of a request whose key was reserved. */
export async function answerRequest(run: Run, request: KeyedRequest, answers: readonly OperationAnswer[]) {
  await run(answer, { owner: ownerOf(request).owner, key: request.key, answers: JSON.stringify(answers) });
}

/**
 * Stores why a request failed whose key was reserved. An earlier copy of it may still be in flight, and must not
 * execute what has been reported to the client as failed.
 */
export async function refuseRequest(run: Run, request: KeyedRequest, faults: readonly OperationFault[]) {
  await run(refuse, { owner: ownerOf(request).owner, key: request.key, faults: JSON.stringify(faults) });
}

/** Whose the request is; `formerly` is the name under which it may be stored, `null` where it cannot be. */
const ownerOf = ({ author, authorId = `name:${author}` }: KeyedRequest) => ({
  owner: authorId,
  // A schema change has moved those of API keys, so that a token of the same name does not get them.
  formerly: authorId.startsWith('key:') ? null : author,
});

const digestOf = ({ operations }: KeyedRequest) =>
  createHash('sha256').update(JSON.stringify(operations, sorted)).digest('hex');

/** The same operations are the same text, in whatever order their fields were sent. */
const sorted = (_: string, value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
    : value;
