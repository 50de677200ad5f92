import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownDatabase } from './setup/own-database.ts';
import { readPage } from './setup/pages.ts';
import { serverProcess } from './setup/server-process.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
/** The build, which a graph of one's own imports: run `npm run build` before. */
const program = [join(root, 'dist/main.js')];
const page = readPage('docs/your-own-graph.md');

const block = (info: string) => page.blocks.find((found) => found.info === info)?.text ?? '';

/** The questions of the page, each with its answer. */
const questions = page.blocks.flatMap((found, index) =>
  found.info === 'own' ? [{ query: found.text, answer: JSON.parse(page.blocks[index + 1]?.text ?? '') }] : [],
);

describe('a graph of one’s own, made as the page says', { timeout: 120_000 }, () => {
  const address = ownDatabase();
  const above = mkdtempSync(join(tmpdir(), 'silkgraph-own-'));
  const folder = join(above, 'My Graph');
  const module = join(folder, 'graph.js');
  afterAll(() => rmSync(above, { recursive: true, force: true }));
  const silkgraph = (...words: readonly string[]) => {
    const { PATH, HOME } = process.env;
    const { uri, username, password } = address();
    const database = { NEO4J_URI: uri, NEO4J_USERNAME: username, NEO4J_PASSWORD: password };
    return run(process.execPath, [...program, ...words], { env: { PATH, HOME, ...database }, cwd: root });
  };
  const edit = (file: string, change: (text: string) => string) =>
    writeFileSync(join(folder, file), change(readFileSync(join(folder, file), 'utf8')));

  async function ask(query: string) {
    const server = await serverProcess(address(), { SILKGRAPH_GRAPH: module }, program);
    try {
      await server.start();
      const response = await fetch(server.graphql, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      return (await response.json()) as { data: unknown };
    } finally {
      await server.close();
    }
  }

  beforeAll(async () => {
    await silkgraph('init', folder);
    // As `npm install` does with a package in a folder.
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(root, join(folder, 'node_modules', 'silkgraph'), 'junction');
  });

  it('has a package of its own name, which depends on this one', () => {
    const { name, dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    expect(name).toBe('my-graph');
    expect(dependencies.silkgraph).toMatch(/^file:/);
  });

  it('is written to a new folder only', async () => {
    await expect(silkgraph('init', folder)).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/there already/),
    });
  });

  it('passes its own test', async () => {
    const { stdout } = await run(process.execPath, ['--test', folder]);
    expect(stdout).toMatch(/^# pass 1$/m);
  });

  it('is served, and answers', async () => {
    expect((await ask(questions[0]?.query ?? '')).data).toEqual(questions[0]?.answer);
  });

  it('takes a kind, a relation and their data, and answers about them', async () => {
    const indented = (info: string) => block(info).replaceAll(/^(?=.)/gm, '    ');
    edit('ontology.js', (text) =>
      text
        .replace('  kinds: {\n', `  kinds: {\n${indented('kinds')}`)
        .replace('  relations: {\n', `  relations: {\n${indented('relations')}`),
    );
    writeFileSync(join(folder, 'seeds/regions.json'), block('seeds/regions.json'));
    const rows: unknown[] = JSON.parse(block('seeds/relations.json'));
    edit('seeds/relations.json', (text) => JSON.stringify([...JSON.parse(text), ...rows]));
    await silkgraph('seed', '--graph', module);
    expect((await ask(questions[1]?.query ?? '')).data).toEqual(questions[1]?.answer);
  });

  it('shows in the explorer what the graph says of it', async () => {
    edit('graph.js', (text) => text.replace('  ontology,\n', `  ontology,\n${block('explorer')}`));
    const server = await serverProcess(address(), { SILKGRAPH_GRAPH: module }, program);
    try {
      await server.start();
      const shown = await fetch(server.graphql.replace('/graphql', '/explore/assets/graph.json'));
      const text = await shown.text();
      for (const words of [
        'Plant book',
        'Plants and their insects',
        'What does the honey bee pollinate?',
        'tree-like',
      ]) {
        expect(text).toContain(words);
      }
    } finally {
      await server.close();
    }
  });

  it.each([
    ['a module that is not there', 'nowhere.js', undefined, /nowhere\.js could not be loaded: .*Pass --graph/],
    ['a module without a graph', 'empty.js', 'export default 1;', /empty\.js exports no graph by default\./],
    ['a module with a mistake', 'broken.js', "throw new Error('Oh.');", /broken\.js could not be loaded: Oh\./],
    [
      'an ontology with mistakes',
      'wrong.js',
      "import { defineOntology } from 'silkgraph'; defineOntology({ enumerations: {}, sharedProperties: {}, kinds: {}, relations: {}, provenance: null });",
      /wrong\.js: There are 2 mistakes in the ontology:\n {2}The ontology has no kind\.\n/,
    ],
  ])('refuses %s, and says what to do', async (_, name, content, words) => {
    if (content !== undefined) writeFileSync(join(folder, name), content);
    const refused = silkgraph('seed', '--graph', join(folder, name));
    await expect(refused).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(words) });
  });

  it('does not serve the data of another graph', async () => {
    const refused = silkgraph('seed');
    await expect(refused).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /The ontology no longer has Plant, but the database has 5 entities of it\.[\s\S]+neither --graph nor SILKGRAPH_GRAPH/,
      ),
    });
  });
});
