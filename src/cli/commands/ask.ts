import type { Writable } from 'node:stream';
import { createClient, SilkgraphError } from '../../client/index.ts';
import { writeTo } from '../../doors/data/export/write-export.ts';
import { explainError, NotAnswered, onlyText, ownEndpoint, readEndpoint } from './query.ts';
import type { Session } from './session/session.ts';

export interface AskFlags {
  readonly json?: boolean;
  readonly endpoint?: string;
  readonly key?: string;
}

interface Asked {
  readonly reading: readonly { readonly words: string; readonly role: string; readonly means: string }[];
  readonly leftOut: readonly string[];
  readonly remark: string | null;
  readonly document: string;
  readonly variables: object;
  readonly cost: number | null;
  readonly answer: unknown;
}

const QUERY = `query Ask($question: String!) {
  ask(question: $question) { reading { words role means alternatives } leftOut remark document variables cost answer }
}`;

const told = ({ reading, remark, document, variables, cost, answer }: Asked): string =>
  [
    ...reading.map(({ words, role, means }) => `${words} — ${role.toLowerCase()}: ${means}`),
    ...(remark === null ? [] : [remark]),
    '',
    document,
    ...(Object.keys(variables).length === 0 ? [] : [JSON.stringify(variables)]),
    '',
    JSON.stringify(answer, null, 2),
    ...(cost === null ? [] : [`Cost: ${cost}.`]),
    '',
  ].join('\n');

/**
 * Asks a running server a question in words, and prints how it was read, its document and the answer.
 * @throws InvalidArgumentError, NotAnswered
 */
export async function askServer(
  { config, signal }: Session,
  question: string,
  { json = false, endpoint: given, key = config.key }: AskFlags,
  out: Writable = process.stdout,
): Promise<void> {
  const endpoint = given === undefined ? ownEndpoint(config) : readEndpoint(given);
  const client = createClient({ url: endpoint, key });
  try {
    const { ask } = await client.query<{ readonly ask: Asked }>(QUERY, { question }, { signal });
    await writeTo(out, onlyText(json ? `${JSON.stringify(ask, null, 2)}\n` : told(ask)));
  } catch (error) {
    if (!(error instanceof SilkgraphError)) throw error;
    throw new NotAnswered(explainError(error, endpoint));
  }
}
