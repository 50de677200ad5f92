import { notReady } from '../bad-request.ts';
import type { RequestPlugin } from '../phases.ts';
import { json, type Route } from '../route.ts';

/** Whether a server is ready to serve operations. */
export interface Readiness {
  /** Why no operation is served at the moment, as a sentence; `undefined` once they are. */
  waitingFor(): string | undefined;
  /** Why load balancers are to send nothing more, as a sentence, although operations are served; `undefined` if they may. */
  leaving?(): string | undefined;
  /** Queries the database. Why it is not ready, as a sentence; `undefined` if it is. */
  check(): Promise<string | undefined>;
  /** A stalled import, as the last check found it; `undefined` if there is none. */
  stalledImport?(): StalledImport | undefined;
}

/** An import that makes no progress, into a graph that was complete before. */
export interface StalledImport {
  readonly written: number;
  readonly total: number;
  readonly stalled: true;
}

export const alwaysReady: Readiness = { waitingFor: () => undefined, check: async () => undefined };

/** How long the state of the database is cached, in milliseconds, as anybody may request it at any rate. */
const HOLDS = 1_000;

/** 200 once schema changes and seeds are complete and the database responds, until the server stops; else 503 and the reason. */
export function createReadinessRoute({ waitingFor, leaving, check, stalledImport }: Readiness): Route {
  let latest: ReturnType<typeof check> | undefined;

  function checkOnce() {
    if (latest) return latest;
    latest = check();
    const forget = () => void setTimeout(() => (latest = undefined), HOLDS).unref();
    latest.then(forget, forget);
    return latest;
  }

  return async () => {
    const reason = waitingFor() ?? leaving?.() ?? (await checkOnce());
    const headers = { 'cache-control': 'no-store' };
    if (reason !== undefined) return json(503, { ready: false, reason }, headers);
    const pendingImport = stalledImport?.();
    return json(200, pendingImport ? { ready: true, pendingImport } : { ready: true }, headers);
  };
}

/** Refuses operations until the graph is complete. */
export function useReadiness({ waitingFor }: Readiness): RequestPlugin {
  return {
    phase: 'admit',
    onRequestParse() {
      const reason = waitingFor();
      if (reason !== undefined) throw notReady(reason);
    },
  };
}
