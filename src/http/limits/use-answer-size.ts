import type { ExecutionResult } from 'graphql';
import { isAsyncIterable, mapAsyncIterator, type Plugin } from 'graphql-yoga';
import { answerTooLarge } from '../../schema/answer-size.ts';
import { limitExceeded } from '../../schema/errors.ts';
import { answerText, isLonger, tooLarge } from '../answer-text.ts';
import { refusal } from '../bad-request.ts';
import { recordOf } from '../observability/record-of.ts';
import { plainResult } from '../plain-result.ts';
import { stateOf } from '../request-state.ts';

/** A result that yoga writes by a function of its own. */
interface Written extends ExecutionResult {
  readonly stringify?: (result: unknown) => string;
}

/** A mutation is no refusal: what it changed before its answer became too large stays changed. */
const changesStand = (limit: number) =>
  limitExceeded(`${answerTooLarge(limit).message} Changes made before the limit was reached have been saved.`);

/**
 * Refuses answers of more than `limit` bytes as a whole. It stands behind what changes results, and before what records
 * them. Where results are delivered elsewhere, their text is measured there.
 */
export function useAnswerSize(limit: number): Plugin {
  const refused = (request: Request): ExecutionResult =>
    recordOf(request).type === 'mutation'
      ? { data: null, errors: [changesStand(limit)] }
      : { errors: [refusal(answerTooLarge(limit))] };

  function whole(result: ExecutionResult, request: Request): Written {
    const { answerSize, resultReceiver } = stateOf(request);
    if (answerSize?.isExceeded) return refused(request);
    if (resultReceiver) return result;
    const text = JSON.stringify(plainResult(result));
    return isLonger(text, limit) ? refused(request) : { ...result, stringify: () => text };
  }

  const event = (result: ExecutionResult, request: Request): Written =>
    stateOf(request).answerSize?.isExceeded
      ? tooLarge(limit)
      : { ...result, stringify: (shown) => answerText(shown, limit) };

  return {
    onResultProcess({ request, result, setResult }) {
      if (isAsyncIterable(result)) {
        setResult(mapAsyncIterator(result as AsyncIterable<ExecutionResult>, (one) => event(one, request)));
      } else setResult(whole(result as ExecutionResult, request));
    },
  };
}
