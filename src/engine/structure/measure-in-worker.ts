import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { createSemaphore } from '../graph/semaphore.ts';
import type { Measure, Measured, NumberedGraph } from './measures.ts';

/** A computation that was stopped at its time limit, or because nobody waits for it. */
export class MeasuringStopped extends Error {
  override readonly name = 'MeasuringStopped';
}

/** Memory of a worker in MB. */
const MEMORY = 512;

/** The product is compiled. While it is developed, its sources run as they are, which a thread has to be taught. */
const isCompiled = import.meta.url.endsWith('.js');

function startWorker(workerData: unknown): Worker {
  const options = { workerData, resourceLimits: { maxOldGenerationSizeMb: MEMORY } };
  if (isCompiled) return new Worker(new URL('./measure-worker.js', import.meta.url), options);
  const tsx = pathToFileURL(
    createRequire(import.meta.url)
      .resolve('tsx/esm/api')
      .replace(/cjs$/, 'mjs'),
  ).href;
  const source = new URL('./measure-worker.ts', import.meta.url).href;
  const code = `import('${tsx}').then(({ register }) => { register(); return import('${source}'); });`;
  return new Worker(code, { ...options, eval: true });
}

const stopped = () => new MeasuringStopped('The measure was not computed within its time limit.');

/** One after the other, so that the rest of the server has a core, and the memory of one worker is enough. */
const turns = createSemaphore({ atOnce: 1, mostWaiting: 20, refusal: stopped });

interface MeasureOptions {
  /** Time limit in ms, waiting for others included. */
  readonly time: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Computes a measure in a thread of its own.
 * @throws MeasuringStopped at the time limit, or if too many wait
 */
export function measureInWorker(wanted: Measure, graph: NumberedGraph, { time, signal }: MeasureOptions) {
  const end = performance.now() + time;
  return turns(() => run(wanted, graph, { time: end - performance.now(), signal }));
}

function run(wanted: Measure, graph: NumberedGraph, { time, signal }: MeasureOptions): Promise<Measured> {
  if (signal?.aborted || time <= 0) return Promise.reject(stopped());
  const worker = startWorker({ wanted, graph });
  return new Promise<Measured>((resolve, reject) => {
    const stop = () => {
      settle();
      reject(stopped());
    };
    const timer = setTimeout(stop, time);
    const settle = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      void worker.terminate();
    };
    signal?.addEventListener('abort', stop, { once: true });
    worker.once('message', (measured: Measured) => {
      settle();
      resolve(measured);
    });
    worker.once('error', (error) => {
      settle();
      reject(error);
    });
  });
}
