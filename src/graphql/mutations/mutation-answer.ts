import { may } from '../../engine/access/viewer.ts';
import {
  type ChangeAnswer,
  type OperationAnswer,
  type OperationFault,
  OperationsRefused,
} from '../../engine/changes/answer.ts';
import { applyOperations } from '../../engine/changes/apply/apply-operations.ts';
import type { Change } from '../../engine/changes/change.ts';
import type { Context } from '../context.ts';
import { codedError } from '../errors.ts';
import { inputPath, type ReadOperation, subjectOf } from './mutation-operations.ts';
import type { MutationInput } from './mutation-property-inputs.ts';
import { checkScope } from './write-scope.ts';

/** Why a mutation failed, as returned to clients. */
export interface MutationFault {
  readonly code: OperationFault['code'];
  /** Path from the argument. */
  readonly path: readonly string[];
  readonly message: string;
  /** Current state, if the expected revision is outdated. */
  readonly current: { readonly slug: string; readonly revision: number } | null;
}

/** Result of a mutation: results of its operations, or errors and no change. */
export interface MutationAnswer {
  /** In the order of the operations; empty if the mutation failed. */
  readonly answers: readonly OperationAnswer[];
  readonly changes: readonly Change[];
  readonly repeated: boolean;
  readonly dryRun: boolean;
  readonly errors: readonly MutationFault[];
}

/** An operation, with its path in the arguments. */
export interface Step extends ReadOperation {
  readonly path: readonly string[];
}

/**
 * A second line of defence: permission to execute mutations is checked before.
 * @throws GraphQLError UNAUTHENTICATED, FORBIDDEN
 */
export function checkMayWrite({ viewer }: Context): void {
  if (may(viewer, 'editor')) return;
  if (viewer.role === null) {
    throw codedError(
      'UNAUTHENTICATED',
      'Changing the graph requires the API key or token of an editor. Send one with the request.',
    );
  }
  throw codedError(
    'FORBIDDEN',
    `Changing the graph requires the role editor; yours is ${viewer.role}. Use the key or token of an editor.`,
  );
}

/** Fields of the request as a whole, beside those of its operations. */
const ofRequest: ReadonlySet<unknown> = new Set(['reason', 'idempotencyKey', 'dryRun']);

function shown(
  { operation, path, code, message, currentRevision: revision }: OperationFault,
  steps: readonly Step[],
): MutationFault {
  const step = steps[operation];
  const [first] = path;
  const at =
    !step || ofRequest.has(first) ? ['input', ...path.map(String)] : [...step.path, ...inputPath(step.operation, path)];
  const current = step && revision !== undefined ? { slug: subjectOf(step.operation), revision } : null;
  return { code, path: at, message, current };
}

/** A failure found without the database. */
export const refused = (
  errors: readonly Omit<MutationFault, 'code' | 'current'>[],
  dryRun: boolean,
): MutationAnswer => ({
  answers: [],
  changes: [],
  repeated: false,
  dryRun,
  errors: errors.map((error) => ({ ...error, code: 'BAD_USER_INPUT', current: null })),
});

/** What the input of a mutation says about the request as a whole, and who makes it. */
export function requestOf({ viewer }: Context, input: MutationInput) {
  const { reason, idempotencyKey } = input as { readonly [name: string]: string | null | undefined };
  return {
    author: viewer.name,
    authorId: viewer.id,
    reason: reason ?? undefined,
    idempotencyKey: idempotencyKey ?? undefined,
    dryRun: input.dryRun === true,
  };
}

/** The answer to a change, or the faults for which it was refused. @throws whatever else the change throws */
export async function answerTo(
  changing: Promise<ChangeAnswer>,
  dryRun: boolean,
  show: (fault: OperationFault) => MutationFault,
): Promise<MutationAnswer> {
  try {
    const done = await changing;
    return { ...done, dryRun: dryRun && !done.repeated, errors: [] };
  } catch (error) {
    if (!(error instanceof OperationsRefused)) throw error;
    const { repeated, faults } = error;
    return { ...refused([], dryRun && !repeated), repeated, errors: faults.map(show) };
  }
}

/** Executes all steps or none, on behalf of the caller. @throws GraphQLError FORBIDDEN; GraphError */
export async function change(context: Context, input: MutationInput, steps: readonly Step[]): Promise<MutationAnswer> {
  const request = requestOf(context, input);
  const faults = steps.flatMap((step) =>
    step.faults.map(({ path, message }) => ({ path: [...step.path, ...path], message })),
  );
  if (faults.length > 0) return refused(faults, request.dryRun);
  const operations = steps.map(({ operation }) => operation);
  await checkScope(context, operations);
  return answerTo(applyOperations(context.logged, { ...request, operations }), request.dryRun, (fault) =>
    shown(fault, steps),
  );
}
