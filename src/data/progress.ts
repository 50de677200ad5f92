/** How far an import has come. */
export interface Progress {
  readonly phase: 'checking' | 'writing';
  readonly done: number;
  readonly total: number;
  /** What `done` and `total` count. */
  readonly unit: 'bytes' | 'records';
}

/** Told of progress, often: it has to be quick. */
export type Report = (progress: Progress) => void;
