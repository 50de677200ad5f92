import { Agent, request } from 'node:http';
import { loadExamples } from '../src/server/documents/examples.ts';
import { served } from '../tests/setup/served.ts';

/** How one request ended. */
export interface Answered {
  readonly query: string;
  /** `OK`, the code of the first error, or what went wrong with the connection. */
  readonly code: string;
  readonly data: string;
  readonly milliseconds: number;
}

/** Asks over connections that are kept open. It never throws: what goes wrong is an answer too. */
export interface Client {
  ask(query: string): Promise<Answered>;
  close(): void;
}

/** The questions of the cookbook. */
export const mix: readonly string[] = loadExamples(served.examples).map(({ query }) => query);

export function createClient(origin: string): Client {
  const agent = new Agent({ keepAlive: true });
  const ask = (query: string): Promise<Answered> =>
    new Promise((resolve) => {
      const begun = performance.now();
      const end = (code: string, data = '') => resolve({ query, code, data, milliseconds: performance.now() - begun });
      const body = JSON.stringify({ query });
      const headers = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        accept: 'application/graphql-response+json',
      };
      const asked = request(`${origin}/graphql`, { agent, method: 'POST', headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? 'broken'));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const [, code] = /"code":"([A-Z_]+)"/.exec(text.slice(0, 2_000)) ?? [];
          if (text.startsWith('{"errors"')) end(code ?? 'no code');
          else end(/"errors":\[\{"message"/.test(text) ? (code ?? 'no code') : 'OK', text);
        });
      });
      asked.on('error', (error: NodeJS.ErrnoException) => {
        // A server ends connections that were idle; this one it ended in the moment of its next use.
        if (asked.reusedSocket && error.code === 'ECONNRESET') ask(query).then(resolve);
        else end(error.code ?? 'broken');
      });
      asked.end(body);
    });
  return { ask, close: () => agent.destroy() };
}

const next = (count: number) => mix[count % mix.length] ?? '';

/** Asks as fast as answers come, so many at once, for so long. */
export async function asFastAsItCan(client: Client, inFlight: number, milliseconds: number) {
  const answers: Answered[] = [];
  const begun = performance.now();
  let asked = 0;
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (performance.now() - begun < milliseconds) answers.push(await client.ask(next(asked++)));
    }),
  );
  return { answers, perSecond: (answers.length / (performance.now() - begun)) * 1000 };
}

/** Asks so often a second whether answers come or not, until it is told to end. */
export function atRate(client: Client, perSecond: number, take: (answered: Answered) => void) {
  const begun = performance.now();
  let asked = 0;
  const underWay = new Set<Promise<void>>();
  const timer = setInterval(() => {
    for (const due = ((performance.now() - begun) / 1000) * perSecond; asked < due; asked += 1) {
      const one: Promise<void> = client
        .ask(next(asked))
        .then(take)
        .finally(() => underWay.delete(one));
      underWay.add(one);
    }
  }, 5);
  return {
    async end() {
      clearInterval(timer);
      await Promise.all(underWay);
    },
  };
}

export const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

/** How often each code came. */
export function countCodes(answers: readonly Answered[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { code } of answers) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}
