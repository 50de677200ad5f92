import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { followChanges } from './follow-changes.ts';

/** How a question of a normal caller ended. */
export interface Outcome {
  readonly question: string;
  /** `OK`, the code of the first error, `LATE` after the deadline, or how the connection failed. */
  readonly code: string;
  readonly milliseconds: number;
}

/** A server, and the key of an editor there. */
export interface Normal {
  readonly origin: string;
  readonly key: string;
}

export interface NormalLoad {
  /** Asks no more and waits for the last answers. */
  end(): Promise<void>;
}

/** Time in which an answer is of use, in milliseconds. */
const DEADLINE = 1_000;

/** The record that normal callers change. */
export const normalRecord = {
  slug: 'normal-record',
  name: 'A record',
  type: 'MEDIA',
  reliability: 'LOW',
  addressMissing: true,
} as const;

const lab = 'china-kenya-joint-laboratory-for-crop-molecular-biology';

interface Asked extends Normal {
  readonly signal: AbortSignal;
}

const headersFor = (key?: string) => ({
  'content-type': 'application/json',
  accept: 'application/json',
  ...(key === undefined ? {} : { 'x-api-key': key }),
});

const codeIn = (text: string) => /"code":"([A-Z_]+)"/.exec(text)?.[1];

/** Asks over HTTP. @returns `OK`, or the code of the first error */
async function ask({ origin, signal }: Asked, query: string, variables = {}, key?: string): Promise<string> {
  const body = JSON.stringify({ query, variables });
  const response = await fetch(`${origin}/graphql`, { method: 'POST', headers: headersFor(key), body, signal });
  const text = await response.text();
  if (text.startsWith('{"data":{') && !text.includes('"errors":[{')) return 'OK';
  return codeIn(text) ?? `${response.status} without a code`;
}

async function take({ origin, signal }: Asked, path: string, method = 'GET'): Promise<string> {
  const response = await fetch(`${origin}${path}`, { method, signal });
  const text = await response.text();
  return response.ok ? 'OK' : (codeIn(text) ?? `${response.status} without a code`);
}

const update =
  'mutation ($input: UpdateSourceInput!) { updateSource: update(input: { entity: { source: $input } }) { outcome errors { message } } }';

/** What normal callers ask, each of them so often per second. */
const questions: Readonly<Record<string, { readonly perSecond: number; ask(asked: Asked): Promise<string> }>> = {
  lookup: { perSecond: 5, ask: (asked) => ask(asked, `{ lab(slug: "${lab}") { name nameZh status } }`) },
  page: { perSecond: 5, ask: (asked) => ask(asked, '{ labs(first: 20) { totalCount nodes { slug name } } }') },
  nested: {
    perSecond: 4,
    ask: (asked) =>
      ask(
        asked,
        '{ country(code: "KE") { name labs { nodes { name institutions { nodes { name country { name } } } } } } }',
      ),
  },
  search: {
    perSecond: 2,
    ask: (asked) => ask(asked, '{ search(query: "crop biology", first: 10) { totalCount nodes { id name } } }'),
  },
  'event stream': { perSecond: 1, ask: (asked) => take(asked, '/graphql', 'PUT') },
  export: { perSecond: 0.5, ask: (asked) => take(asked, '/export?format=jsonl&kind=COUNTRY_GROUP') },
};

/** Changes per second; each is to be heard by a subscription in time too. */
const CHANGES = 1;

/** The end of a question that threw. */
function failureOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'LATE';
  const { code, cause } = error as { readonly code?: string; readonly cause?: { readonly code?: string } };
  return cause?.code ?? code ?? String(error);
}

/** Attempts to create a record, since a database that has just started may answer the first too late. */
const ATTEMPTS = 5;

const createSource =
  'mutation ($input: CreateSourceInput!) { createSource: create(input: { entity: { source: $input } }) { errors { code message } } }';

async function prepareRecord({ origin, key }: Normal, input: object, attempts: number): Promise<void> {
  const body = JSON.stringify({ query: createSource, variables: { input } });
  const response = await fetch(`${origin}/graphql`, { method: 'POST', headers: headersFor(key), body });
  const text = await response.text();
  if (text.includes('"errors":[]') || codeIn(text) === 'CONFLICT') return;
  if (codeIn(text) !== 'TIMEOUT' || attempts === 1) throw new Error(`The record was not created: ${text}`);
  await prepareRecord({ origin, key }, input, attempts - 1);
}

/** Creates the records that are changed and attacked; existing ones stay as they are. */
export async function prepareRecords(normal: Normal, records: readonly object[]): Promise<void> {
  for (const input of records) await prepareRecord(normal, input, ATTEMPTS);
}

/** Asks at a modest, fixed rate whether answers come or not. */
export function startNormalLoad(normal: Normal, report: (outcome: Outcome) => void, deadline = DEADLINE): NormalLoad {
  const ending = new AbortController();
  const underWay = new Set<Promise<void>>();
  /** Later than the last question, which may be heard of. */
  const leaving = new AbortController();
  const notes = followChanges(normal.origin, leaving.signal);

  async function timed(question: string, run: (signal: AbortSignal) => Promise<string>): Promise<string> {
    const begun = performance.now();
    const signal = AbortSignal.timeout(deadline);
    const code = await run(signal).catch((error: unknown) => failureOf(error, signal));
    report({ question, code, milliseconds: performance.now() - begun });
    return code;
  }

  async function change(): Promise<void> {
    const note = randomUUID();
    const input = { id: normalRecord.slug, note };
    const changed = timed('mutation', (signal) => ask({ ...normal, signal }, update, { input }, normal.key));
    const hearing = AbortSignal.timeout(deadline);
    const begun = performance.now();
    const heard = notes.hears(note, hearing).catch(() => 'LATE');
    // A change that was refused is not to be heard of.
    if ((await changed) !== 'OK') return;
    const code = await heard;
    report({ question: 'subscription', code, milliseconds: performance.now() - begun });
  }

  function every(perSecond: number, run: () => Promise<unknown>) {
    const begun = performance.now();
    return (async () => {
      for (let count = 1; !ending.signal.aborted; count += 1) {
        const due = begun + (count / perSecond) * 1_000 - performance.now();
        await sleep(Math.max(0, due), undefined, { signal: ending.signal }).catch(() => {});
        if (ending.signal.aborted) return;
        const one: Promise<void> = run()
          .then(() => {})
          .finally(() => underWay.delete(one));
        underWay.add(one);
      }
    })();
  }

  const loops = [
    ...Object.entries(questions).map(([name, { perSecond, ask: put }]) =>
      every(perSecond, () => timed(name, (signal) => put({ ...normal, signal }))),
    ),
    every(CHANGES, change),
  ];
  return {
    async end() {
      ending.abort();
      await Promise.all(loops);
      await Promise.all(underWay);
      leaving.abort();
    },
  };
}
