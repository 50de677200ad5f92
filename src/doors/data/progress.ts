/** How far an import has come. */
export interface Progress {
  readonly phase: 'checking' | 'writing';
  readonly done: number;
  readonly total: number;
  /** What `done` and `total` count. */
  readonly unit: 'bytes' | 'records';
}

/** Is called often with the progress, so it must be fast. */
export type Report = (progress: Progress) => void;
