import { type DocumentNode, type ExecutionResult, Kind } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { LRUCache } from 'lru-cache';
import { isIntrospection } from '../../schema/cost/introspection.ts';
import { KeptAnswer } from '../kept-answer.ts';

/** Maximum number of characters of all kept answers and their documents. That of the playground has 2,000,000. */
const KEPT_CHARACTERS = 5_000_000;

/** Whether a document asks about the schema alone, and always the same. */
function isConstant({ definitions }: DocumentNode): boolean {
  const [operation, ...others] = definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operation?.kind !== Kind.OPERATION_DEFINITION || others.length > 0) return false;
  return (operation.variableDefinitions ?? []).length === 0 && isIntrospection(operation);
}

/**
 * Executes an introspection once for each text: its answer stays the same while the server runs, and takes longer than
 * that of most other operations. Registered after the plugins that refuse operations.
 */
export function useIntrospectionAnswers(): Plugin {
  const kept = new LRUCache<string, KeptAnswer>({
    maxSize: KEPT_CHARACTERS,
    sizeCalculation: ({ text }, document) => text.length + document.length,
  });
  return {
    onExecute({ args, setResultAndStopExecution }) {
      const { document } = args as { readonly document: DocumentNode };
      const text = document.loc?.source.body;
      if (text === undefined || !isConstant(document)) return;
      const known = kept.get(text);
      if (known) return setResultAndStopExecution(known);
      return {
        onExecuteDone({ result, setResult }) {
          if (isAsyncIterable(result)) return;
          const { data, errors } = result as ExecutionResult;
          if (!data || errors) return;
          const answer = new KeptAnswer(data);
          kept.set(text, answer);
          setResult(answer);
        },
      };
    },
  };
}
