import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { relations, relationTypes } from '../src/ontology/relations.ts';
import { readPage, root } from './setup/pages.ts';
import { seeds } from './setup/seeds.ts';

const readme = readPage('README.md');
const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));

// What every page has to keep, questions, commands and links, is tried in docs.test.ts.
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

  it('draws relations that the ontology has', () => {
    const drawing = readme.blocks.find(({ language }) => language === 'mermaid')?.text ?? '';
    const drawn = [...drawing.matchAll(/^ {2}(\w+).*? -- (\w+) --> (\w+)$/gm)];
    expect(drawn.length).toBeGreaterThan(10);
    for (const [, from, type, to] of drawn) {
      const relation = relations[type as keyof typeof relations];
      expect([relation.from, relation.to]).toEqual([from === 'any' ? 'Entity' : from, to]);
    }
  });
});
