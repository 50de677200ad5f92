import type { Environment } from 'monaco-editor';

/** Where the build put each worker. */
declare const WORKERS: Readonly<Record<'editor' | 'graphql' | 'json', string>>;

/** Lets the editors check and complete what is typed beside the page: each worker is a file from here. */
export function provideWorkers(): void {
  const environment: Environment = {
    getWorker: (_, label) => new Worker(label === 'graphql' || label === 'json' ? WORKERS[label] : WORKERS.editor),
  };
  window.MonacoEnvironment = environment;
}
