import { setTimeout as sleep } from 'node:timers/promises';
import type { MutationRequest } from './random-requests.ts';

interface Result {
  readonly outcome: string | null;
  readonly revision: number | null;
}

/** What a writer was answered at last: the payload of the mutation, or the refusal of it as a whole. */
export interface Acknowledged extends Partial<Result> {
  readonly errors: readonly { readonly code: string; readonly message: string }[];
  readonly repeated: boolean;
  readonly changes: readonly { readonly sequence: number; readonly transaction: string }[];
  /** Of a transaction. */
  readonly results?: readonly Result[];
}

export interface Writer {
  /** Sends a request to one server after the other until it receives a final response. */
  send(request: MutationRequest): Promise<Acknowledged>;
  /** How often there was no answer, by what was there instead. */
  readonly unanswered: Readonly<Record<string, number>>;
}

/** Failures after which it is unknown whether the mutation was executed. */
const passing: readonly unknown[] = ['TIMEOUT', 'DATABASE_UNAVAILABLE', 'OVERLOADED'];

/** Share of requests that a writer aborts before a response is possible, to switch to the other server. */
const IMPATIENCE = 0.1;

const LONGEST = 180_000;

/** Without the entities, which are read as they are now. */
const acknowledged = ({ results, ...payload }: Acknowledged): Acknowledged => ({
  ...payload,
  ...(results && { results: results.map(({ outcome, revision }) => ({ outcome, revision })) }),
});

interface WriterOptions {
  readonly apiKey: string;
  readonly servers: readonly string[];
  /** Index of the first server. */
  readonly first: number;
  readonly random: () => number;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** Somebody who changes the graph with a key of their own. */
export function createWriter({ apiKey, servers, first, random, signal: over }: WriterOptions): Writer {
  const unanswered: Record<string, number> = {};

  /** The answer; else why there is none. */
  async function attempt(url: string, { query, variables }: MutationRequest): Promise<Acknowledged | string> {
    const isImpatient = random() < IMPATIENCE;
    const signal = AbortSignal.timeout(isImpatient ? Math.ceil(random() * 40) : 20_000);
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json', 'x-api-key': apiKey },
        body: JSON.stringify({ query, variables }),
        signal,
      });
      // What is not answered in JSON has broken off.
      const { data, errors } = await response.json();
      if (!errors) return acknowledged(data.payload);
      const codes = errors.map(({ extensions }: { extensions?: { code?: unknown } }) => extensions?.code);
      if (response.status === 503 || passing.includes(codes[0])) return String(codes[0]);
      throw new Error(`Not an answer: ${JSON.stringify({ query, variables, errors })}`);
    } catch (error) {
      if (signal.aborted) return isImpatient ? 'HUNG_UP' : 'SILENCE';
      if (error instanceof TypeError || error instanceof SyntaxError) return 'BROKEN_OFF';
      throw error;
    }
  }

  return {
    unanswered,
    async send(request) {
      const deadline = Date.now() + LONGEST;
      for (let attempts = 0; Date.now() < deadline; attempts += 1) {
        over.throwIfAborted();
        const answer = await attempt(servers[(first + attempts) % servers.length] ?? '', request);
        if (typeof answer !== 'string') return answer;
        unanswered[answer] = (unanswered[answer] ?? 0) + 1;
        if (answer !== 'HUNG_UP') await sleep(50 + random() * 200);
      }
      throw new Error(`${request.key} is not answered: ${JSON.stringify(unanswered)}`);
    },
  };
}
