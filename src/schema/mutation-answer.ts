import { may } from '../access/viewer.ts';
import { type OperationAnswer, type OperationFault, OperationsRefused } from '../changes/answer.ts';
import { applyOperations } from '../changes/apply-operations.ts';
import type { Change } from '../changes/change.ts';
import type { Context } from './context.ts';
import { codedError } from './errors.ts';
import { inputPath, type ReadOperation, subjectOf } from './mutation-operations.ts';
import type { MutationInput } from './mutation-property-inputs.ts';

/** Why a mutation was refused, as a client is told. */
export interface MutationFault {
  readonly code: OperationFault['code'];
  /** From the argument down. */
  readonly path: readonly string[];
  readonly message: string;
  /** What is there now, where a revision is past. */
  readonly current: { readonly slug: string; readonly revision: number } | null;
}

/** What a mutation came to: answers, or faults and nothing changed. */
export interface MutationAnswer {
  /** In the order of the operations; none where it was refused. */
  readonly answers: readonly OperationAnswer[];
  readonly changes: readonly Change[];
  readonly repeated: boolean;
  readonly dryRun: boolean;
  readonly errors: readonly MutationFault[];
}

/** An operation, and where in the arguments it stands. */
export interface Step extends ReadOperation {
  readonly path: readonly string[];
}

/**
 * Whoever may execute a mutation is asked before; this is for the case that somebody forgot to.
 * @throws GraphQLError UNAUTHENTICATED, FORBIDDEN
 */
export function checkMayWrite({ viewer }: Context): void {
  if (may(viewer, 'editor')) return;
  if (viewer.role === null) {
    throw codedError('UNAUTHENTICATED', 'Changing the graph needs an API key or a token of an editor. Send one along.');
  }
  throw codedError('FORBIDDEN', `Changing the graph needs the role editor; yours is ${viewer.role}.`);
}

/** What is asked of the request as a whole stands beside the operations. */
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

/** A refusal of what the graph need not be asked for. */
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

/** Does all steps or none, in the name of whoever asks. @throws GraphError */
export async function change(context: Context, input: MutationInput, steps: readonly Step[]): Promise<MutationAnswer> {
  const { reason, idempotencyKey } = input as { readonly [name: string]: string | null | undefined };
  const dryRun = input.dryRun === true;
  const faults = steps.flatMap((step) =>
    step.faults.map(({ path, message }) => ({ path: [...step.path, ...path], message })),
  );
  if (faults.length > 0) return refused(faults, dryRun);
  try {
    const done = await applyOperations(context.graph, {
      operations: steps.map(({ operation }) => operation),
      author: context.viewer.name,
      authorId: context.viewer.id,
      reason: reason ?? undefined,
      idempotencyKey: idempotencyKey ?? undefined,
      dryRun,
    });
    return { ...done, dryRun: dryRun && !done.repeated, errors: [] };
  } catch (error) {
    if (!(error instanceof OperationsRefused)) throw error;
    const { repeated, faults } = error;
    const errors = faults.map((fault) => shown(fault, steps));
    return { ...refused([], dryRun && !repeated), repeated, errors };
  }
}
