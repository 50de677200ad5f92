import { AnswerSize } from '../graphql/answer-size.ts';
import type { AskAgain } from '../graphql/context.ts';
import { callerOf, viewerOf } from '../server/access/caller.ts';
import { askAs } from '../server/ask-as.ts';
import { bookmarksOf } from '../server/bookmarks/use-bookmarks.ts';
import type { Forward } from '../server/forwarded-question.ts';
import { leavePlace } from '../server/limits/take-place.ts';
import { asksForCost, createTally } from '../server/limits/use-cost.ts';
import { timeLeftOf } from '../server/limits/use-deadline.ts';
import type { LiveReading } from '../server/live/use-live-questions.ts';
import { positionOf } from '../server/live/use-result-delivery.ts';
import { recordOf } from '../server/observability/record-of.ts';
import { asksForExplanation, mayExplain } from '../server/observability/use-explain.ts';
import { type Carrier, stateOf } from '../server/request-state.ts';
import { pathOf } from '../server/route.ts';
import type { Parts } from './parts.ts';
import type { RequestOptions } from './server-options.ts';
import type { Services } from './services.ts';
import type { CompleteOptions } from './with-defaults.ts';

export type RequestContexts = ReturnType<typeof createRequestContexts>;

/** The context of each request, for the resolvers of its service. */
export function createRequestContexts(
  { whole, timeout, answerLimit }: CompleteOptions,
  { serviceOf, plansOf, explainingOf }: Services,
  { newStatements, traces }: Parts,
  forward: Forward,
) {
  /** The options for all reads and writes of a request. */
  function optionsFor(request: Request): RequestOptions {
    const record = recordOf(request);
    const { observe, metadata } = record;
    const plans = plansOf(serviceOf(request));
    return {
      // The reads after a change are exempt: to refuse them would look as if nothing had changed.
      admit: (text: string, signal?: AbortSignal) =>
        record.type === 'mutation' ? undefined : newStatements.admit(text, callerOf(request), signal),
      signal: request.signal,
      timeout,
      timeLeft: timeLeftOf(request, timeout),
      ...{ viewer: viewerOf(request), bookmarks: bookmarksOf(request), position: positionOf(request) },
      observe: traces?.observing(request, observe) ?? observe,
      metadata,
      plans: traces?.plansOf(request, plans) ?? plans,
      leavePlace: () => leavePlace(request),
    };
  }

  /** Creates the context of an operation. Costs and explanations are counted if it asks for them. */
  function contextFor(request: Request, extensions: unknown, carrier: Carrier): object {
    const explain = asksForExplanation(request, extensions);
    const answerSize = new AnswerSize(answerLimit);
    stateOf(request).answerSize = answerSize;
    const ask = askAs(request, carrier, { forward, graphqlPath: pathOf(request.url) });
    const askAgain: AskAgain = (operation) =>
      ask({ ...operation, extensions: { cost: true } }, { isOwnDocument: true });
    const options = { ...optionsFor(request), answerSize, askAgain };
    const service = serviceOf(request);
    if (!explain && !asksForCost(request, extensions)) return service.context(options);
    const tally = createTally();
    const profile = explain && mayExplain(viewerOf(request), explainingOf(service));
    return { ...service.context({ ...options, profile, report: tally.report }), tally, explain };
  }

  /** Creates the context in which the answer to a live question is read, for all who follow it. */
  function liveContextFor({ viewer, caller, signal, bookmarks }: LiveReading): object {
    const end = performance.now() + timeout;
    return whole.context({
      ...{ viewer, signal, timeout, plans: plansOf(whole) },
      ...(bookmarks ? { bookmarks } : {}),
      timeLeft: () => end - performance.now(),
      admit: (text, until) => newStatements.admit(text, caller, until),
      answerSize: new AnswerSize(answerLimit),
    });
  }

  return { optionsFor, contextFor, liveContextFor };
}
