import { statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { getHeapStatistics } from 'node:v8';
import type { Config } from '../../config.ts';
import { readProviderKeys } from '../../engine/access/oidc/provider-keys.ts';
import { bytesIn, memoryLineNames } from '../../engine/budgets/memory-budget.ts';
import { timeOf, timePartNames, workingTime } from '../../engine/budgets/time-budget.ts';
import { originOf } from '../../server/connections/listen.ts';
import { type Finding, fault, ok, warning } from './finding.ts';

const leastNode = [20, 19] as const;

/** Bytes of free disk below which Neo4j should not be left alone, and below which it stops writing soon. */
const LITTLE = 2 * 2 ** 30;
const TOO_LITTLE = 200 * 2 ** 20;

const inMegabytes = (bytes: number) => `${Math.round(bytes / 2 ** 20).toLocaleString('en')} MB`;

/** The version of Node.js. */
export function examineNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < leastNode[0] || (major === leastNode[0] && minor < leastNode[1])) {
    return fault(
      'Node.js',
      `This is Node.js ${version}.`,
      `Install Node.js ${leastNode.join('.')} or newer, such as 24.`,
    );
  }
  if (major % 2 === 1) {
    return warning(
      'Node.js',
      `Node.js ${version} gets fixes for half a year only.`,
      'Run an even version in production, such as 24.',
    );
  }
  return ok('Node.js', `Node.js ${version}.`);
}

/** Part of the heap that a server needs for the requests that run. */
const WORKING = 1 / 4;

/** Bytes by line that the metrics of a server say it uses; empty if none answers, or it does not show them. */
export async function readUsedMemory(
  { host, port, metricsPort }: Pick<Config, 'host' | 'port' | 'metricsPort'>,
  key?: string,
): Promise<ReadonlyMap<string, number>> {
  const text = await fetch(`${originOf(host, metricsPort ?? port)}/metrics`, {
    headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
    signal: AbortSignal.timeout(2_000),
  }).then(
    (response) => response.text(),
    () => '',
  );
  const found = text.matchAll(/^silkgraph_memory_used_bytes\{line="(\w+)"\} (\S+)$/gm);
  return new Map([...found].map(([, name = '', bytes]) => [name, Number(bytes)]));
}

const amount = (value: number) => value.toLocaleString('en');

/** How a request may spend its time. */
export const examineTime = ({ timeout }: Pick<Config, 'timeout'>): Finding =>
  ok(
    'Time',
    `A request has ${amount(timeout)} ms: ${timePartNames.map((name) => `${name} ${amount(timeOf(name, timeout))}`).join(', ')}, work at least ${amount(workingTime(timeout))}.`,
  );

/** What may be kept and what each line of a running server keeps; and whether settings allow more than Node.js has room for. */
export function examineMemory(
  { history, cache = 0 }: Pick<Config, 'history' | 'cache'>,
  heap = getHeapStatistics().heap_size_limit,
  used: ReadonlyMap<string, number> = new Map(),
): readonly Finding[] {
  const lines = memoryLineNames.map((name) => ({
    name,
    bytes: name === 'history' ? history : name === 'answers' ? cache : bytesIn(name, heap),
  }));
  const kept = lines.reduce((all, { bytes }) => all + bytes, 0);
  const shown = lines.flatMap(({ name, bytes }) => {
    const now = used.get(name) ?? 0;
    return now === 0 ? [] : [`${name} ${inMegabytes(now)} of ${inMegabytes(bytes)}`];
  });
  const budget = ok(
    'Memory',
    `Of a heap of ${inMegabytes(heap)}, ${inMegabytes(kept)} may be kept.${shown.length === 0 ? '' : ` The server keeps ${shown.join(', ')}.`}`,
  );
  if (kept <= heap * (1 - WORKING)) return [budget];
  return [
    budget,
    warning(
      'Memory',
      `Earlier states may take ${inMegabytes(history)} (SILKGRAPH_HISTORY), and all that is kept ${inMegabytes(kept)}; the heap of Node.js has ${inMegabytes(heap)} for all.`,
      `Lower SILKGRAPH_HISTORY or SILKGRAPH_CACHE, or set NODE_OPTIONS=--max-old-space-size=${Math.ceil(kept / (1 - WORKING) / 2 ** 20)} if the machine has the memory.`,
    ),
  ];
}

/** Free space where the data of a local Neo4j is. */
export async function examineDisk(folder: string, free = freeBytes): Promise<Finding> {
  const bytes = await free(folder);
  if (bytes === undefined)
    return warning('Disk', `The free space of ${folder} is unknown.`, 'Check that the folder can be read.');
  const text = `${inMegabytes(bytes)} are free at ${folder}.`;
  if (bytes < TOO_LITTLE)
    return fault('Disk', text, 'Neo4j stops writing when the disk is full: make room, or move SILKGRAPH_FOLDER.');
  if (bytes < LITTLE) return warning('Disk', text, 'Make room before the next large import.');
  return ok('Disk', text);
}

/** Free bytes at a path, or at the folder above it that exists. */
async function freeBytes(path: string): Promise<number | undefined> {
  for (let folder = path; ; folder = dirname(folder)) {
    try {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || folder === dirname(folder)) return undefined;
    }
  }
}

/** Whether the port is free, or a Silkgraph uses it. */
export async function examinePort({ host, port }: Pick<Config, 'host' | 'port'>): Promise<Finding> {
  const error = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
    const server = createServer().once('error', resolve);
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
  if (!error) return ok('Port', `${host}:${port} is free.`);
  if (error.code !== 'EADDRINUSE') {
    return fault(
      'Port',
      `The server cannot listen on ${host}:${port} (${error.code}).`,
      'Set HOST to an address of this machine, or PORT to 1024 or more.',
    );
  }
  const state = await fetch(`${originOf(host, port)}/health`, {
    signal: AbortSignal.timeout(2_000),
  })
    .then(async (response) => (await response.json()) as { readonly alive?: unknown })
    .catch(() => undefined);
  return state?.alive === true
    ? ok('Port', `A server runs at ${host}:${port} already.`)
    : fault('Port', `Another program uses ${host}:${port}.`, 'Set PORT to another number, or end the other program.');
}

/** Whether each identity provider can be reached and has keys. */
export const examineProviders = ({ oidc }: Pick<Config, 'oidc'>): Promise<readonly Finding[]> =>
  Promise.all(
    (oidc?.issuers ?? []).map((issuer) =>
      readProviderKeys(issuer).then(
        ({ keys }) => ok('Identity', `${issuer} has ${keys.length} ${keys.length === 1 ? 'key' : 'keys'}.`),
        (error: Error) =>
          fault(
            'Identity',
            `${issuer}: ${error.message}`,
            'Check SILKGRAPH_OIDC_ISSUER, and that this machine reaches it.',
          ),
      ),
    ),
  );
