import type { DocumentNode, ExecutionResult } from 'graphql';
import { isAsyncIterable } from 'graphql-yoga';
import type { GraphRevisions } from '../../engine/changes/log/graph-revisions.ts';
import { createFindDependencies } from '../../graphql/dependencies/dependencies.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import { isComplete } from '../complete-answer.ts';
import { recordOf } from '../observability/record-of.ts';
import type { RequestPlugin } from '../phases.ts';
import { requestIn, stateOf } from '../request-state.ts';
import { CachedAnswer } from './cached-answer.ts';
import type { StoredAnswers } from './stored-answers.ts';

/** Questions that may stop at the time limit are stored only if they took a much shorter time. */
const SHARE_OF_TIMEOUT = 0.1;

/**
 * Stores the answers of requests that were executed.
 * @param timeout of an operation, in milliseconds
 */
export function useAnswerRecording(
  stored: StoredAnswers,
  revisions: () => GraphRevisions | undefined,
  { ontology, timeout }: { readonly ontology: Ontology; readonly timeout: number },
): RequestPlugin {
  const findDependencies = createFindDependencies(ontology);
  return {
    phase: 'record',
    onExecute({ args }) {
      const { schema, document, operationName, variableValues, contextValue } = args;
      const request = requestIn(contextValue);
      const answer = request && stateOf(request).requestedAnswer;
      const known = revisions();
      if (answer?.operation === undefined || !known) return;
      const found = findDependencies(schema, document as DocumentNode, operationName, variableValues);
      if (found.dependencies === undefined) {
        stored.exclude(answer.operation);
        answer.end?.();
        answer.isUnknown = true;
        return;
      }
      // Whatever is read from now on is at least as new.
      answer.reading = {
        dependencies: found.dependencies,
        mark: known.mark,
        begun: performance.now(),
        isTimed: found.isTimed,
      };
    },
    onResultProcess({ request, result }) {
      const { requestedAnswer: answer } = stateOf(request);
      if (!answer?.reading || isAsyncIterable(result)) return;
      const { data, errors, stringify } = result as ExecutionResult & { readonly stringify?: (r: unknown) => string };
      if (!data || errors || !stringify) return;
      const { dependencies, mark, begun, isTimed } = answer.reading;
      if (isTimed && performance.now() - begun > timeout * SHARE_OF_TIMEOUT) return;
      const state = stateOf(request);
      state.hasStrongTag = true;
      const { cost, operation, revision, isPast } = state;
      const made = { name: recordOf(request).name, operation, cost, ...(isPast ? { revision } : {}) };
      answer.made = new CachedAnswer(stringify(result), dependencies, mark, made);
    },
    onResponse({ request, response: { status, headers } }) {
      const { requestedAnswer: answer } = stateOf(request);
      if (!answer?.made || answer.outcome === 'HIT' || status !== 200) return;
      const type = headers.get('content-type') ?? '';
      if (type !== answer.expectedType) {
        // An event stream carries one answer, too.
        if (!isComplete(headers)) return;
        stored.rememberType(request, type);
      }
      answer.type = type;
      if (!answer.isStored) return;
      stored.cache.set(answer.question, answer.made);
      answer.end?.(answer.made);
    },
  };
}
