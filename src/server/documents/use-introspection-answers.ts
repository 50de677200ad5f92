import { type DocumentNode, type ExecutionResult, executeSync, type GraphQLSchema, Kind } from 'graphql';
import { isAsyncIterable } from 'graphql-yoga';
import { createCache, textBytes } from '../../engine/budgets/budgeted-cache.ts';
import { INTROSPECTION_ALLOWANCE, isIntrospection, wholeIntrospection } from '../../graphql/cost/introspection.ts';
import { memoize } from '../../ontology/memoize.ts';
import { isLonger } from '../answer-text.ts';
import { ConstantAnswer } from '../constant-answer.ts';
import type { RequestPlugin } from '../phases.ts';

/** Whether a document asks about the schema alone, and always the same. */
function isConstant({ definitions }: DocumentNode): boolean {
  const [operation, ...others] = definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operation?.kind !== Kind.OPERATION_DEFINITION || others.length > 0) return false;
  return (operation.variableDefinitions ?? []).length === 0 && isIntrospection(operation);
}

/**
 * Maximum size of an introspection in bytes: it follows from the schema, so that no limit for data shuts out the tools that
 * read it.
 */
const mostBytes = memoize((schema: GraphQLSchema) => {
  const whole = new ConstantAnswer(executeSync({ schema, document: wholeIntrospection }).data ?? {});
  return INTROSPECTION_ALLOWANCE * Buffer.byteLength(whole.text);
});

/**
 * Executes an introspection once for each text: its answer stays the same while the server runs, and takes longer than
 * that of most other operations.
 *
 * @param limit maximum size of other responses in bytes; an introspection that is larger has a maximum of its own
 */
export function useIntrospectionAnswers(limit: number): RequestPlugin {
  const kept = createCache<ConstantAnswer>('introspection', {
    sizeOf: ({ text }, document) => textBytes(text, document),
  });
  return {
    phase: 'execute',
    onExecute({ args, setResultAndStopExecution }) {
      const { document, schema } = args as { readonly document: DocumentNode; readonly schema: GraphQLSchema };
      const text = document.loc?.source.body;
      if (text === undefined || !isConstant(document)) return;
      const known = kept.get(text);
      if (known) return setResultAndStopExecution(known);
      return {
        onExecuteDone({ result, setResult }) {
          if (isAsyncIterable(result)) return;
          const { data, errors } = result as ExecutionResult;
          if (!data || errors) return;
          const answer = new ConstantAnswer(data);
          if (isLonger(answer.text, limit) && isLonger(answer.text, mostBytes(schema))) return;
          kept.set(text, answer);
          setResult(answer);
        },
      };
    },
  };
}
