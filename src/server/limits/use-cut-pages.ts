import type { ExecutionResult } from 'graphql';
import { isAsyncIterable } from 'graphql-yoga';
import type { Context } from '../../graphql/context.ts';
import type { RequestPlugin } from '../phases.ts';

/** Names in `extensions.hints` the connections of a response that ended where the default page did. */
export const useCutPages = (): RequestPlugin => ({
  phase: 'finish',
  onExecute({ args }) {
    const { cutPages } = args.contextValue as unknown as Partial<Context>;
    return {
      onExecuteDone({ result, setResult }) {
        if (isAsyncIterable(result)) return;
        const answer = result as ExecutionResult;
        const hints = cutPages?.all ?? [];
        if (hints.length > 0) setResult({ ...answer, extensions: { ...answer.extensions, hints } });
      },
    };
  },
});
