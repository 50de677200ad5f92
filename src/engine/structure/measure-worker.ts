import { parentPort, workerData } from 'node:worker_threads';
import { type Measure, measure, type NumberedGraph } from './measures.ts';

// Runs in a thread of its own, so that the server goes on answering meanwhile.
const { wanted, graph } = workerData as { readonly wanted: Measure; readonly graph: NumberedGraph };
parentPort?.postMessage(measure(wanted, graph));
