import type { Environment } from 'monaco-editor';

/** Addresses of the workers, set by the build. */
declare const WORKERS: Readonly<Record<'editor' | 'graphql' | 'json', string>>;

/** Configures the web workers for validation and completion in the editors. */
export function provideWorkers(): void {
  const environment: Environment = {
    getWorker: (_, label) => new Worker(label === 'graphql' || label === 'json' ? WORKERS[label] : WORKERS.editor),
  };
  window.MonacoEnvironment = environment;
}
