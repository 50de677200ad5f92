import type { ExecutionResult } from 'graphql';
import { isAsyncIterable, mapAsyncIterator } from 'graphql-yoga';
import { answerTooLarge } from '../../graphql/answer-size.ts';
import { limitExceeded } from '../../graphql/errors.ts';
import { answerText, isLonger, tooLarge } from '../answer-text.ts';
import { refusal } from '../bad-request.ts';
import { ConstantAnswer } from '../constant-answer.ts';
import { recordOf } from '../observability/record-of.ts';
import type { RequestPlugin } from '../phases.ts';
import { plainResult } from '../plain-result.ts';
import { stateOf } from '../request-state.ts';

/** A result with a function of its own that serialises it. */
interface Written extends ExecutionResult {
  readonly stringify?: (result: unknown) => string;
}

/** The changes of a mutation remain even if its response is too large. */
const changesStand = (limit: number) =>
  limitExceeded(`${answerTooLarge(limit).message} Changes made before the limit was reached have been saved.`);

/**
 * Replaces responses of more than `limit` bytes by an error, except kept answers, whose maker has checked them. The size of
 * results that do not go into the response is checked by their receiver.
 */
export function useAnswerSize(limit: number): RequestPlugin {
  const refused = (request: Request): ExecutionResult =>
    recordOf(request).type === 'mutation'
      ? { data: null, errors: [changesStand(limit)] }
      : { errors: [refusal(answerTooLarge(limit))] };

  function whole(result: ExecutionResult, request: Request): Written {
    const { answerSize, resultReceiver } = stateOf(request);
    if (answerSize?.isExceeded) return refused(request);
    if (resultReceiver) return result;
    if (result instanceof ConstantAnswer) return { ...result, stringify: () => result.text };
    const text = JSON.stringify(plainResult(result));
    return isLonger(text, limit) ? refused(request) : { ...result, stringify: () => text };
  }

  const event = (result: ExecutionResult, request: Request): Written =>
    stateOf(request).answerSize?.isExceeded
      ? tooLarge(limit)
      : { ...result, stringify: (shown) => answerText(shown, limit) };

  return {
    phase: 'finish',
    onResultProcess({ request, result, setResult }) {
      if (isAsyncIterable(result)) {
        setResult(mapAsyncIterator(result as AsyncIterable<ExecutionResult>, (one) => event(one, request)));
      } else setResult(whole(result as ExecutionResult, request));
    },
  };
}
