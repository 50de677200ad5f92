import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { createAuthenticator } from '../../../src/engine/access/authenticator.ts';
import { liveServers } from '../../setup/live-server.ts';
import { program } from '../../setup/program.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const graph = silkgraph();
const start = liveServers();
const folder = mkdtempSync(join(tmpdir(), 'silkgraph-query-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Starts the command as a person would, with no settings but these. */
function begin(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  const { PATH = '', HOME = '' } = process.env;
  return spawn(process.execPath, [...program, 'query', ...args], {
    cwd: root,
    env: { PATH, HOME, PORT: '0', ...env },
  });
}

async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}, input = '') {
  const child = begin(args, env);
  child.stdin?.end(input);
  const [out, err, [code]] = await Promise.all([
    child.stdout ? text(child.stdout) : '',
    child.stderr ? text(child.stderr) : '',
    once(child, 'exit'),
  ]);
  return { code, out, err };
}

/** What a person should never see. */
const inside = /node_modules|\n\s+at |Error:/;

const byCode = file('country.graphql', 'query ($code: String) { country(code: $code) { name } }');

describe('silkgraph query', () => {
  it('prints the answer to the question in a file, with its variables', async () => {
    const { origin, graphql } = await start(graph.graph);
    const answered = { code: 0, out: '{\n  "country": {\n    "name": "Kenya"\n  }\n}\n', err: '' };
    const variables = ['--variables', '{"code": "KE"}'];
    expect(await run([byCode, ...variables, '--endpoint', graphql])).toEqual(answered);
    expect(await run([byCode, ...variables], { PORT: new URL(origin).port })).toEqual(answered);
  });

  it('takes an example by its number or its name', async () => {
    const { graphql } = await start(graph.graph);
    const expected = JSON.parse(readFileSync(join(root, 'examples/05-what-the-graph-holds.json'), 'utf8'));
    for (const name of ['5', '05', '05-what-the-graph-holds']) {
      const { code, out } = await run([name, '--endpoint', graphql]);
      expect([code, JSON.parse(out)]).toEqual([0, expected.data ?? expected]);
    }
    expect((await run(['99', '--endpoint', graphql])).err).toContain('an example by its number, such as 14');
  });

  it('takes a question that is piped in, and the operation that is named', async () => {
    const { graphql } = await start(graph.graph);
    const piped = 'query A { a: __typename } query B { b: __typename }';
    const { code, out } = await run(['-', '--operation', 'B', '--endpoint', graphql], {}, piped);
    expect([code, JSON.parse(out)]).toEqual([0, { b: 'Query' }]);
  });

  it('ends with 1, says every error with its place and code, and prints what was answered all the same', async () => {
    const { graphql } = await start(graph.graph);
    const question = file('partly.graphql', '{ country(code: "KE") { name } labs(first: -1) { totalCount } }');
    const { code, out, err } = await run([question, '--endpoint', graphql]);
    expect([code, JSON.parse(out)]).toEqual([1, { country: { name: 'Kenya' }, labs: null }]);
    expect(err).toMatch(/^labs: .*\(BAD_USER_INPUT\)\nRequest \S+\.\n$/);
  });

  it('says both of two mistakes in a question', async () => {
    const { graphql } = await start(graph.graph);
    const { code, out, err } = await run([file('wrong.graphql', '{ nothing nowhere }'), '--endpoint', graphql]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/"nothing".*\(GRAPHQL_VALIDATION_FAILED\)\n.*"nowhere".*\(GRAPHQL_VALIDATION_FAILED\)\n/);
  });

  it('prints a line for each result of a subscription, until it is stopped', async () => {
    const { graphql, feed } = await start(graph.graph);
    const question = file('changes.graphql', 'subscription ($after: String) { changes(after: $after) { __typename } }');
    const after = Buffer.from('["changes",0]').toString('base64url');
    const child = begin([question, '--variables', JSON.stringify({ after }), '--endpoint', graphql]);
    const ended = once(child, 'exit');
    const [line] = await once(child.stdout ?? child, 'data');
    expect(String(line)).toBe('{"changes":{"__typename":"ImportChange"}}\n');
    expect(feed.followers).toBe(1);
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    await expect.poll(() => feed.followers).toBe(0);
  });

  it('ends with 1 where nobody answers, or not GraphQL', async () => {
    const { origin } = await start(graph.graph);
    const nobody = await run([byCode, '--endpoint', 'http://127.0.0.1:1/graphql']);
    expect(nobody).toMatchObject({ code: 1, out: '' });
    expect(nobody.err).toMatch(/^http:\/\/127.0.0.1:1\/graphql: The server cannot be reached/);
    const page = await run([byCode, '--endpoint', `${origin}/nothing`]);
    expect(page).toMatchObject({ code: 1, out: '' });
    expect(page.err).toContain('Not a GraphQL response');
    expect(nobody.err + page.err).not.toMatch(inside);
  });

  it('shows the key of the settings, and the one that it is given before that', async () => {
    const access = { authenticator: createAuthenticator({ graph: graph.graph }), reading: 'open' } as const;
    const { graphql } = await start(graph.graph, { access });
    for (const [args, env] of [
      [['--key', 'sg_wrong'], {}],
      [[], { SILKGRAPH_KEY: 'sg_wrong' }],
    ] as const) {
      const { code, err } = await run([byCode, '--endpoint', graphql, ...args], env);
      expect(code).toBe(1);
      expect(err).toContain('(UNAUTHENTICATED)');
    }
  });

  it.each([
    ['a file that is not there', [join(folder, 'nothing.graphql'), '--endpoint', 'http://h'], 'Cannot read'],
    ['variables that are no JSON', [byCode, '--variables', '{code: KE}'], '--variables must be a JSON object'],
    ['variables that are no object', [byCode, '--variables', '[1]'], '--variables must be a JSON object'],
    ['an address that is none', [byCode, '--endpoint', 'localhost:4000'], 'Invalid --endpoint localhost:4000'],
    ['a port that is not known', [byCode], 'Use --endpoint'],
    ['no file', [], "missing required argument 'file'"],
  ])('ends with 2 for %s, and says so', async (_, args, words) => {
    const { code, out, err } = await run(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(words);
    expect(err).not.toMatch(inside);
  });

  it('explains itself', async () => {
    const { code, out } = await run(['--help']);
    expect(code).toBe(0);
    expect(out).toMatch(/^Usage: silkgraph query \[options\] <file>/);
    for (const option of ['--variables', '--operation', '--endpoint', '--key']) expect(out).toContain(option);
  });
});
