import type { Plugin } from 'graphql-yoga';
import { badRequest } from '../bad-request.ts';
import { json, type Route } from '../route.ts';

/** What a server waits for before it answers. */
export interface Readiness {
  /** Why no operation is served at the moment, as a sentence; nothing once they are. */
  waitingFor(): string | undefined;
  /** Asks the database. Why it is not ready, as a sentence; nothing when it is. */
  check(): Promise<string | undefined>;
  /** An import that stands still, as the last check found it; nothing where there is none. */
  stalledImport?(): StalledImport | undefined;
}

/** An import that was begun and does not go on, in a graph that was complete before it. */
export interface StalledImport {
  readonly written: number;
  readonly total: number;
  readonly stalled: true;
}

/** So long one answer of the database holds for whoever asks, in milliseconds: anybody may, as often as they like. */
const HOLDS = 1_000;

/** 200 once schema changes and seeds are complete and the database answers; else 503 and the reason. */
export function createReadinessRoute({ waitingFor, check, stalledImport }: Readiness): Route {
  let latest: ReturnType<typeof check> | undefined;

  function checkOnce() {
    if (latest) return latest;
    latest = check();
    const forget = () => void setTimeout(() => (latest = undefined), HOLDS).unref();
    latest.then(forget, forget);
    return latest;
  }

  return async () => {
    const reason = waitingFor() ?? (await checkOnce());
    const headers = { 'cache-control': 'no-store' };
    if (reason !== undefined) return json(503, { ready: false, reason }, headers);
    const pendingImport = stalledImport?.();
    return json(200, pendingImport ? { ready: true, pendingImport } : { ready: true }, headers);
  };
}

/** Serves no operation before the graph is complete. */
export function useReadiness({ waitingFor }: Readiness): Plugin {
  return {
    onRequestParse() {
      const reason = waitingFor();
      if (reason !== undefined) throw badRequest(`${reason} Try again in a moment.`, 503, 'DATABASE_UNAVAILABLE');
    },
  };
}
