import { callerOf } from '../access/caller.ts';
import { badRequest, disconnected } from '../bad-request.ts';
import { stateOf } from '../request-state.ts';
import { type AdmissionQueue, CallerLeft, NotAdmitted } from './admission-queue.ts';

/** `Retry-After` of a refusal, in seconds. */
const RETRY_AFTER = { 'retry-after': '1' };

/**
 * Takes a place for a request, in turn; `leavePlace` gives it back.
 * @throws GraphQLError RATE_LIMITED if its caller has too many operations, OVERLOADED if all callers together have
 */
export async function takePlace(queue: AdmissionQueue, request: Request): Promise<void> {
  const caller = callerOf(request);
  try {
    await queue.enter(request.signal, caller);
  } catch (error) {
    if (error instanceof CallerLeft) throw disconnected();
    if (!(error instanceof NotAdmitted)) throw error;
    throw error.bound === 'CALLER'
      ? badRequest('Too many of your operations run at once. Try again in a moment.', 429, 'RATE_LIMITED', RETRY_AFTER)
      : badRequest('The server is overloaded. Try again in a moment.', 503, 'OVERLOADED', RETRY_AFTER);
  }
  stateOf(request).place = { queue, caller };
}

/** Gives back the place of a request, if it has one. */
export function leavePlace(request: Request): void {
  const state = stateOf(request);
  const { place } = state;
  state.place = undefined;
  place?.queue.leave(place.caller);
}
