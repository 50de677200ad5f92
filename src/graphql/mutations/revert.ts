import { revertChanges } from '../../history/revisions/revert.ts';
import { lazyType } from '../builder.ts';
import { answerTo, checkMayWrite, type MutationAnswer, requestOf } from './mutation-answer.ts';
import { MutationPayload } from './mutation-payloads.ts';
import { checkScope } from './write-scope.ts';

const RevertInput = lazyType(({ builder }) =>
  builder.inputType('RevertInput', {
    description: 'Changes to revert.',
    fields: (t) => ({
      transaction: t.id({
        required: true,
        description: 'Identifier of the transaction that made them, as a change returns it.',
      }),
      reason: t.string({ description: 'Reason of the change, for the change log. Default: names the transaction.' }),
      idempotencyKey: t.string({
        description:
          'Repeating a request of the same author with this key changes nothing, and returns the first result.',
      }),
      dryRun: t.boolean({ description: 'Whether to check only, and return what would change.' }),
    }),
  }),
);

const RevertPayload = lazyType((base) =>
  base.builder.objectRef<MutationAnswer>('RevertPayload').implement({
    description: 'Result of reverting changes; `changes` lists what was done to undo them.',
    interfaces: [MutationPayload(base)],
  }),
);

/** Adds the mutation that undoes one transaction. */
export const addRevert = lazyType((base) => {
  base.builder.mutationField('revertChanges', (t) =>
    t.field({
      type: RevertPayload(base),
      nullable: true,
      args: { input: t.arg({ type: RevertInput(base), required: true, description: 'Input of the mutation.' }) },
      description:
        'Undoes what one transaction changed, as a new change. Fails, and says why, where later changes rest on it.',
      resolve: (_, { input }, context): Promise<MutationAnswer> => {
        checkMayWrite(context);
        const request = requestOf(context, input);
        const reverting = revertChanges(context.logged, {
          ...request,
          transaction: input.transaction,
          check: (operations) => checkScope(context, operations),
        });
        return answerTo(reverting, request.dryRun, ({ code, path, message }) => ({
          code,
          path: ['input', ...path.map(String)],
          message,
          current: null,
        }));
      },
    }),
  );
});
