import { notReady } from '../bad-request.ts';
import type { RequestPlugin } from '../phases.ts';
import { json, type Route } from '../route.ts';
import type { Readiness } from './readiness.ts';

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
