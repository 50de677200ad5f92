import type { Writable } from 'node:stream';
import { InvalidArgumentError } from 'commander';
import { Kind, type OperationDefinitionNode, parse } from 'graphql';
import { createClient, SilkgraphError } from '../../client/index.ts';
import type { Config } from '../../config.ts';
import { writeTo } from '../../doors/data/export/write-export.ts';
import { readQuestion, readVariables } from './read-question.ts';
import type { Session } from './session/session.ts';

export interface QueryFlags {
  readonly variables?: string;
  readonly operation?: string;
  readonly endpoint?: string;
  readonly key?: string;
}

/** The server returned errors or did not respond. The message lists all errors. */
export class NotAnswered extends Error {
  override readonly name = 'NotAnswered';
}

/** Address of a local server with the same settings. */
export function ownEndpoint({ host, port }: Config): string {
  if (port === 0) throw new InvalidArgumentError('PORT is 0, so the port of the server is unknown. Use --endpoint.');
  const reached = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${reached.includes(':') ? `[${reached}]` : reached}:${port}/graphql`;
}

export function readEndpoint(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new InvalidArgumentError(`Invalid --endpoint ${text}. Use an address such as http://127.0.0.1:4000/graphql.`);
}

/** Whether an operation is a subscription. Invalid documents are left to the server. */
function isSubscription(query: string, operation: string | undefined): boolean {
  try {
    const operations = parse(query).definitions.filter(
      (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
    );
    const meant = operation === undefined ? operations[0] : operations.find(({ name }) => name?.value === operation);
    return meant?.operation === 'subscription';
  } catch {
    return false;
  }
}

/** All errors, one per line. */
export function explainError({ code, message, errors, requestId }: SilkgraphError, endpoint: string): string {
  if (errors.length === 0) return `${endpoint}: ${message}`;
  const lines = errors.map(({ message, path, extensions }) => {
    const where = path === undefined ? '' : `${path.join('.')}: `;
    return `${where}${message} (${String(extensions?.code ?? code)})`;
  });
  return [...lines, ...(requestId === undefined ? [] : [`Request ${requestId}.`])].join('\n');
}

async function* linesOf(results: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const result of results) yield `${JSON.stringify(result)}\n`;
}

export async function* onlyText(text: string): AsyncGenerator<string> {
  yield text;
}

/**
 * Sends the operation in a file to a running server, and prints the data as JSON. For subscriptions, prints one line per
 * result until the command is stopped.
 * @throws InvalidArgumentError, NotAnswered
 */
export async function queryServer(
  { config, signal, silkgraph }: Session,
  file: string,
  { variables: json, operation, endpoint: given, key = config.key }: QueryFlags,
  out: Writable = process.stdout,
): Promise<void> {
  const variables = readVariables(json);
  const endpoint = given === undefined ? ownEndpoint(config) : readEndpoint(given);
  const query = await readQuestion(file, async () => (await silkgraph()).examples);
  const client = createClient({ url: endpoint, key });
  const options = { signal, ...(operation === undefined ? {} : { operationName: operation }) };
  const print = (data: unknown) => writeTo(out, onlyText(`${JSON.stringify(data, null, 2)}\n`));
  try {
    if (isSubscription(query, operation)) await writeTo(out, linesOf(client.subscribe(query, variables, options)));
    else await print(await client.query(query, variables, options));
  } catch (error) {
    if (!(error instanceof SilkgraphError)) throw error;
    if (error.data) await print(error.data);
    throw new NotAnswered(explainError(error, endpoint));
  }
}
