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
