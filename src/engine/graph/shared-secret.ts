import { randomBytes } from 'node:crypto';
import { times } from '../budgets/time-budget.ts';
import { GraphError } from './errors.ts';
import type { Graph } from './graph.ts';
import type { Statement } from './statement.ts';

const find: Statement<{ readonly name: string; readonly value: string }, readonly [secret: string]> = {
  name: 'secret',
  text: `MERGE (secret:\`_Secret\` {name: $name})
ON CREATE SET secret.value = $value
RETURN secret.value`,
};

/** Statements of the server itself, which are planned at its start. */
export const ownStatements: readonly Statement[] = [find];

/**
 * A secret stored in the graph and shared only by its servers. It is created if missing, read once, and read again after
 * a failure.
 * @returns the secret, or a rejection with a GraphError
 */
export function createSharedSecret(graphOf: () => Graph | undefined, name: string): () => Promise<string> {
  let known: Promise<string> | undefined;

  async function read(): Promise<string> {
    const graph = graphOf();
    if (!graph) throw new GraphError('UNAVAILABLE', 'There is no graph to read the secret from.');
    const value = randomBytes(32).toString('base64url');
    const options = { timeLeft: () => times.ownStatement.ms };
    const [[secret] = [value]] = await graph.write((run) => run(find, { name, value }), options);
    return secret;
  }

  return () => {
    const secret = known ?? read();
    known = secret;
    secret.catch(() => {
      if (known === secret) known = undefined;
    });
    return secret;
  };
}
