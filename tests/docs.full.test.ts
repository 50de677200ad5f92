import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse, validate } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { cooperation } from '../src/cooperation/ontology.ts';
import { importFiles } from '../src/doors/data/import/import-files.ts';
import { totalsOf } from '../src/doors/data/import/summary.ts';
import { seededGraph } from './setup/contents.ts';
import { liveServers } from './setup/live-server.ts';
import { ownDatabase } from './setup/own-database.ts';
import { editor } from './setup/own-silkgraph.ts';
import { type Block, commandsOf, type Page, pages } from './setup/pages.ts';
import { program } from './setup/program.ts';
import { schema } from './setup/served.ts';
import { silkgraph } from './setup/silkgraph.ts';

const address = ownDatabase();
beforeAll(() => seededGraph.write(address()), 60_000);
const reading = silkgraph();
const writing = silkgraph({ address, viewer: editor });
const startServer = liveServers();

/** Each question of a page, with its variables and its answer, where the page gives them. */
function questionsOf({ blocks }: Page) {
  return blocks.flatMap((block, index) => {
    // The page about other graphs has a test of its own.
    if (block.language !== 'graphql' || block.info === 'own') return [];
    const [next, second] = blocks.slice(index + 1);
    const isVariables = ({ language, info }: Block) => language === 'json' && info === 'variables';
    const variables = next && isVariables(next) ? next.text : undefined;
    const answer = variables === undefined ? next : second;
    return [{ query: block.text, variables, answer: answer?.language === 'json' ? answer.text : undefined }];
  });
}

describe.each(pages)('$path', (page) => {
  const server = page.blocks.some(({ text }) => text.startsWith('mutation')) ? writing : reading;

  it('gives each question with the answer that the server gives', async () => {
    for (const { query, variables, answer } of questionsOf(page)) {
      if (answer === undefined) expect(validate(schema, parse(query)), query).toEqual([]);
      else expect(await server.data(query, JSON.parse(variables ?? '{}')), query).toEqual(JSON.parse(answer));
    }
  });

  it('gives addresses that answer, as it says', async () => {
    const { origin, close } = await startServer(server.graph);
    for (const [index, { language, text }] of page.blocks.entries()) {
      if (language !== 'sh' || !text.startsWith('curl ')) continue;
      const command = text.replaceAll('http://127.0.0.1:4000', origin).replace('curl -s', 'curl -sSf');
      const { stdout } = await promisify(execFile)('sh', ['-c', command], { maxBuffer: 2 ** 26 });
      const answer = page.blocks[index + 1];
      if (answer?.language === 'json') expect(JSON.parse(stdout)).toEqual(JSON.parse(answer.text));
      else expect(stdout).not.toBe('');
    }
    await close();
  });

  it('names commands and options that the command line has', async () => {
    for (const line of commandsOf(page, 'npx silkgraph')) {
      const words = line.split(' ').slice(2);
      const command = words
        .filter((word) => /^[a-z][a-z0-9-]*$/.test(word))
        .slice(0, /^(database|key|ontology|tag|watch)$/.test(words[0] ?? '') ? 2 : 1);
      const { stdout } = await promisify(execFile)(process.execPath, [...program, ...command, '--help']);
      for (const option of words.filter((word) => word.startsWith('--'))) expect(stdout, line).toContain(option);
    }
  });

  it('has tables that the import takes by the mapping beside them', async () => {
    const files = page.blocks.filter(
      ({ language, info }) => /^(csv|json)$/.test(language) && info.includes('.') && !info.startsWith('seeds/'),
    );
    if (files.length === 0) return;
    const folder = mkdtempSync(join(tmpdir(), 'silkgraph-docs-'));
    for (const { info, text } of files) writeFileSync(join(folder, info), text);
    const tables = files.filter(({ language }) => language === 'csv');
    const summary = await importFiles(
      server.graph,
      tables.map(({ info }) => join(folder, info)),
      { mapping: join(folder, 'mapping.json') },
    );
    rmSync(folder, { recursive: true });
    const rows = tables.flatMap(({ text }) => text.trim().split('\n').slice(1));
    expect(rows.length).toBeGreaterThan(0);
    expect(totalsOf(cooperation, summary).entities.created).toBe(rows.length);
  });
});
