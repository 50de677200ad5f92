import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { liveServers } from '../setup/live-server.ts';
import { silkgraph } from '../setup/silkgraph.ts';
import { unreachable } from '../setup/unreachable.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(join(root, 'docs/client.md'), 'utf8');
const graph = silkgraph();
const start = liveServers();

const place = mkdtempSync(join(tmpdir(), 'silkgraph-client-'));
const [packed, app] = [join(place, 'silkgraph'), join(place, 'app')];
for (const folder of [packed, app]) mkdirSync(folder);
afterAll(() => rmSync(place, { recursive: true, force: true }));

interface Block {
  readonly language: string;
  readonly file: string;
  readonly text: string;
}

const blocks: readonly Block[] = [...page.matchAll(/^```(\w+) ?(\S*)\n([\s\S]*?)^```$/gm)].map(
  ([, language = '', file = '', text = '']) => ({ language, file, text }),
);

/** The commands in order, a block each. */
const [, prepare = '', ask = ''] = blocks.filter(({ language }) => language === 'sh').map(({ text }) => text);
const answer = blocks.find(({ language }) => language === 'text')?.text;

const shell = (commands: string) =>
  run('sh', ['-ec', commands], { cwd: app, env: { ...process.env, NO_UPDATE_NOTIFIER: '1' }, maxBuffer: 1e8 });

/** What `npm pack` packs, with the client freshly built and the rest left out. */
async function packClient(): Promise<void> {
  const {
    devDependencies: _,
    scripts: __,
    ...described
  } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  writeFileSync(join(packed, 'package.json'), JSON.stringify(described));
  cpSync(join(root, 'schema.graphql'), join(packed, 'schema.graphql'));
  const compiler = join(root, 'node_modules/.bin/tsc');
  const output = ['--emitDeclarationOnly', 'false', '--outDir', join(packed, 'dist/client')];
  await run(compiler, ['-p', join(root, 'src/client'), ...output]);
  await run('npm', ['pack'], { cwd: packed });
}

describe('the page on the client', () => {
  it('leads from an empty folder to a typed query, pages and changes', async ({ skip }) => {
    await packClient();
    try {
      await shell(prepare);
    } catch (error) {
      if (error instanceof Error && unreachable.test(error.message)) skip('the registry cannot be reached');
      throw error;
    }
    const { graphql } = await start(graph.graph);
    for (const { file, text } of blocks) {
      if (file !== '') writeFileSync(join(app, file), text.replaceAll('http://127.0.0.1:4000/graphql', graphql));
    }
    // Dates have a type, too.
    const pages = readFileSync(join(app, 'pages.ts'), 'utf8').replace('query Labs', 'query DatedLabs');
    const dated = pages
      .replace('name status', 'name recognisedDate')
      .replace(/lab\.status === '\w+'/, 'lab.recognisedDate?.startsWith("2021")');
    writeFileSync(join(app, 'dated.ts'), dated);
    const { stdout } = await shell(ask);
    expect(stdout.slice(-(answer?.length ?? 0))).toBe(answer);
    expect((await shell('npx tsx pages.ts')).stdout).toMatch(/^[1-9]\d* laboratories are established\.\n$/);

    // All that the page shows has types, and they find mistakes.
    const check = ask.split('\n').find((line) => line.startsWith('npx tsc')) ?? '';
    await shell(check.replace('labs.ts', 'labs.ts pages.ts follow.ts dated.ts'));
    const labs = readFileSync(join(app, 'labs.ts'), 'utf8');
    writeFileSync(
      join(app, 'wrong.ts'),
      labs.replace("code: 'KE'", 'code: 1').replace('country?.labs', 'country.labs'),
    );
    const wrong = await shell(check.replace('labs.ts', 'wrong.ts')).catch((error: { stdout: string }) => error);
    expect(wrong.stdout).toMatch(/TS2322[\s\S]*'country' is possibly 'null'/);

    const after = Buffer.from('["changes",0]').toString('base64url');
    const follow = spawn(process.execPath, ['--import', 'tsx', 'follow.ts', after], { cwd: app });
    const [line] = await once(follow.stdout, 'data');
    follow.kill();
    expect(String(line)).toMatch(/^1 ImportChange IMPORTED /);
  }, 600_000);
});
