import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { relations, relationTypes } from '../src/ontology/relations.ts';
import { seeds } from './setup/seeds.ts';
import { silkgraph } from './setup/silkgraph.ts';

const server = silkgraph();
const root = new URL('..', import.meta.url);
const readme = readFileSync(new URL('README.md', root), 'utf8');
const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));

const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, text = '']) => text);

describe('the README', () => {
  it('gives each question with the answer that the server gives', async () => {
    const [questions, answers] = [blocks('graphql'), blocks('json')];
    expect(questions.length).toBeGreaterThan(0);
    expect(answers).toHaveLength(questions.length);
    for (const [index, question] of questions.entries()) {
      expect(JSON.parse(answers[index] ?? '')).toEqual(await server.data(question));
    }
  });

  it('names npm scripts that exist', () => {
    const named = [...readme.matchAll(/npm (?:run )?([a-z]+:[a-z]+|start|test|check|format)\b/g)].map(
      ([, name = '']) => name,
    );
    expect(named).toEqual(expect.arrayContaining(['start', 'test', 'test:full', 'check']));
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('names commands that the command line has', async () => {
    const lines = [...readme.matchAll(/^npx silkgraph (.*?)(?: +#.*)?$/gm)].map(([, rest = '']) => rest.split(' '));
    expect(lines.length).toBeGreaterThan(3);
    const main = fileURLToPath(new URL('src/main.ts', root));
    for (const words of lines) {
      const command = words.filter((word) => /^[a-z]+$/.test(word)).slice(0, words[0] === 'database' ? 2 : 1);
      const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', main, ...command, '--help']);
      for (const option of words.filter((word) => word.startsWith('--'))) expect(stdout).toContain(option);
    }
  });

  it('links to files that exist', () => {
    const links = [...readme.matchAll(/\]\((?!http)([^)#]+)\)/g)].map(([, path = '']) => path);
    expect(links.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
  });

  it('counts what the seeds hold', () => {
    const entities = Object.values(seeds.entities).flat().length;
    const numbers = [entities, seeds.relations.length].map((count) => count.toLocaleString('en'));
    expect(readme).toContain(
      `${numbers[0]} entities of eleven kinds, ${numbers[1]} relations of ${relationTypes.length} types`,
    );
  });

  it('draws relations that the ontology has', () => {
    const drawn = [...(blocks('mermaid')[0] ?? '').matchAll(/^ {2}(\w+).*? -- (\w+) --> (\w+)$/gm)];
    expect(drawn.length).toBeGreaterThan(10);
    for (const [, from, type, to] of drawn) {
      const relation = relations[type as keyof typeof relations];
      expect([relation.from, relation.to]).toEqual([from === 'any' ? 'Entity' : from, to]);
    }
  });
});
