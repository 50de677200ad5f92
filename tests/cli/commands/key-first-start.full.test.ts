import { expect, it } from 'vitest';
import { createApiKey } from '../../../src/cli/commands/key.ts';
import type { Session } from '../../../src/cli/commands/session/session.ts';
import { start } from '../../../src/cli/commands/start.ts';
import { type Config, readConfig } from '../../../src/config.ts';
import cooperationGraph from '../../../src/cooperation/graph.ts';
import { ownDatabase } from '../../setup/own-database.ts';

const address = ownDatabase();

function configOf(env: Record<string, string> = {}): Config {
  const { uri, username, password, database = '' } = address();
  return readConfig({
    PORT: '0',
    LOG_LEVEL: 'silent',
    NEO4J_URI: uri,
    NEO4J_USERNAME: username,
    NEO4J_PASSWORD: password,
    NEO4J_DATABASE: database,
    ...env,
  });
}

function sessionOf(config: Config) {
  const lines: string[] = [];
  const stop = new AbortController();
  const screen = { say: (line: string) => void lines.push(line), progress: () => {}, finish: () => {} };
  return {
    lines,
    stop,
    session: { config, screen, silkgraph: async () => cooperationGraph, signal: stop.signal } satisfies Session,
  };
}

/** Runs a server while something is done with it, and returns what it said. */
async function serving(env: Record<string, string>, use: (origin: string) => Promise<void> = async () => {}) {
  const { lines, stop, session } = sessionOf(configOf(env));
  const served = start(session, {});
  try {
    await expect.poll(() => lines.some((line) => line.includes('/ready')), { timeout: 120_000 }).toBe(true);
    // What else it says, it says at once.
    await new Promise((resolve) => setTimeout(resolve, 200));
    await use(lines.join().match(/http:\/\/[\d.:]+/)?.[0] ?? '');
  } finally {
    stop.abort();
    await served;
  }
  return lines.join('\n');
}

const hint = 'npx silkgraph key create --role editor --name "…"';

async function write(origin: string, headers: Record<string, string>): Promise<number> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers },
    body: JSON.stringify({ query: 'mutation { __typename }' }),
  });
  return response.status;
}

it('says how to get a key until there is one, and takes one that is made while it runs', async () => {
  let key = '';
  const first = await serving({}, async (origin) => {
    expect(await write(origin, {})).toBe(401);
    const { lines, session } = sessionOf(configOf());
    await createApiKey(session, { role: 'editor', name: 'Ana' });
    key = /sg_\w+_[\w-]+/.exec(lines.join())?.[0] ?? '';
    expect(await write(origin, { authorization: `Bearer ${key}` })).toBe(200);
  });
  expect(first.split(hint)).toHaveLength(2);

  const second = await serving({ SILKGRAPH_READING: 'closed' }, async (origin) => {
    expect((await fetch(`${origin}/schema.graphql`)).status).toBe(401);
    expect((await fetch(`${origin}/schema.graphql`, { headers: { 'x-api-key': key } })).status).toBe(200);
  });
  expect(second).not.toContain(hint);
}, 180_000);
