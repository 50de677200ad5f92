import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { relations, relationTypes } from '../src/cooperation/relations.ts';
import { readPage, root } from './setup/pages.ts';
import { seeds } from './setup/seeds.ts';

const readme = readPage('README.md');
const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));

// What every page has to keep, questions, commands and links, is tried in docs.full.test.ts.
describe('the README', () => {
  it('names npm scripts that exist', () => {
    const named = [...readme.text.matchAll(/npm (?:run )?([a-z]+:[a-z]+|start|test|check|format)\b/g)].map(
      ([, name = '']) => name,
    );
    expect(named).toEqual(expect.arrayContaining(['start', 'test', 'test:full', 'check']));
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('counts what the seeds hold', () => {
    const entities = Object.values(seeds.entities).flat().length;
    const numbers = [entities, seeds.relations.length].map((count) => count.toLocaleString('en'));
    expect(readme.text).toContain(
      `${numbers[0]} entities of eleven kinds, ${numbers[1]} relations of ${relationTypes.length} types`,
    );
  });
});

describe('what is said of the architecture', () => {
  const page = readPage('docs/architecture.md');

  it('draws relations that the ontology has', () => {
    const drawing = page.blocks.find(({ language }) => language === 'mermaid')?.text ?? '';
    const drawn = [...drawing.matchAll(/^ {2}(\w+).*? -- (\w+) --> (\w+)$/gm)];
    expect(drawn.length).toBeGreaterThan(10);
    for (const [, from, type, to] of drawn) {
      const relation = relations[type as keyof typeof relations];
      expect([relation.from, relation.to]).toEqual([from === 'any' ? 'Entity' : from, to]);
    }
  });

  it('lists every wing of src as its README describes it', () => {
    const wings = readdirSync(new URL('src', root), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    for (const { name } of wings) {
      const [, , what = ''] = readPage(`src/${name}/README.md`).text.split('\n');
      expect(page.text).toContain(`| [\`src/${name}\`](../src/${name}/README.md) | ${what.replace(/\.$/, '')} |`);
    }
  });

  it.each(['docs/architecture.md', 'docs/design/reads.md', 'docs/design/schema.md'])(
    '%s names files that are there',
    (path) => {
      const files = readdirSync(new URL('src', root), { recursive: true, encoding: 'utf8' });
      const named = [...readPage(path).text.matchAll(/`((?:[a-z-]+\/)+[a-z-]+)`/g)].map(([, name = '']) => name);
      const isThere = (name: string) => files.some((file) => file === name || file.replace(/\.tsx?$/, '') === name);
      expect(named.length).toBeGreaterThan(0);
      expect(named.filter((name) => !/^(?:src|silkgraph)\//.test(name) && !isThere(name))).toEqual([]);
    },
  );
});

describe('CONTRIBUTING', () => {
  it('names files that are there', () => {
    const page = readPage('CONTRIBUTING.md');
    const named = [...page.text.matchAll(/`((?:src|tests|seeds)\/[\w/.-]+\.\w+)`/g)].map(([, name = '']) => name);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => !existsSync(new URL(name, root)))).toEqual([]);
  });
});
