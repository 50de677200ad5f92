import { execFile, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { liveServers } from '../setup/live-server.ts';
import { readPage, root } from '../setup/pages.ts';
import { silkgraph } from '../setup/silkgraph.ts';
import { unreachable } from '../setup/unreachable.ts';

const run = promisify(execFile);
const graph = silkgraph();
const start = liveServers();
const app = mkdtempSync(join(tmpdir(), 'silkgraph-other-clients-'));
afterAll(() => rmSync(app, { recursive: true, force: true }));

// Of fixed versions, so that a new release does not fail the test.
const packages = [
  ...['@apollo/client@4.3.8', 'rxjs@7.8.2', 'graphql@16.15.0'],
  ...['@urql/core@6.0.3', '@urql/exchange-graphcache@9.0.2', '@urql/introspection@1.2.1'],
  ...['graphql-ws@6.4.2', 'ws@8.23.0', 'tsx@4.23.15', 'typescript@5.9.3', '@types/node@20.9.5'],
  ...['@graphql-codegen/cli@7.4.3', '@graphql-codegen/fragment-matcher@7.1.0'],
];

/** What a program of the page prints, line by line, until it has printed one; and what it complains of. */
async function linesUntil(wanted: string | RegExp, ...command: readonly string[]) {
  const child = spawn(process.execPath, ['--import', './socket.mjs', '--import', 'tsx', ...command], {
    cwd: app,
    // A program whose request was refused would wait forever.
    timeout: 60_000,
  });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (line.match(wanted)) child.kill();
  }
  return { lines, complaints };
}

it('the page on other clients has programs that work with the published clients', async ({ skip }) => {
  writeFileSync(join(app, 'package.json'), '{ "type": "module" }');
  try {
    await run('npm', ['install', '--no-audit', '--no-fund', ...packages], { cwd: app });
  } catch (error) {
    if (error instanceof Error && unreachable.test(error.message)) skip('the registry cannot be reached');
    throw error;
  }
  const { graphql } = await start(graph.graph);
  for (const { info, text } of readPage('docs/other-clients.md').blocks) {
    if (info === '') continue;
    writeFileSync(join(app, info), text.replaceAll('127.0.0.1:4000/graphql', graphql.replace('http://', '')));
  }
  mkdirSync(join(app, 'node_modules/silkgraph'));
  cpSync(fileURLToPath(new URL('schema.graphql', root)), join(app, 'node_modules/silkgraph/schema.graphql'));
  // Browsers and Node.js 22 have it.
  writeFileSync(join(app, 'socket.mjs'), "import WebSocket from 'ws'; globalThis.WebSocket ??= WebSocket;\n");

  await run('npx', ['graphql-codegen'], { cwd: app });
  const flags = '--noEmit --strict --target es2023 --module preserve --resolveJsonModule --types node --skipLibCheck';
  await run('npx', ['tsc', ...flags.split(' '), 'apollo.ts', 'graphcache.ts', 'follow-socket.ts'], { cwd: app });

  // Two pages, the second before the first, are one list.
  const apollo = await linesUntil('10 laboratories', 'apollo.ts');
  expect(apollo.complaints).toBe('');
  expect(apollo.lines).toEqual(expect.arrayContaining(['5 laboratories', '10 laboratories']));

  expect(await linesUntil('found', 'graphcache.ts')).toEqual({ lines: ['1 found'], complaints: '' });

  const after = Buffer.from('["changes",0]').toString('base64url');
  const { lines } = await linesUntil(/^1 /, 'follow-socket.ts', after);
  expect(lines).toEqual(['1 IMPORTED']);
}, 600_000);
