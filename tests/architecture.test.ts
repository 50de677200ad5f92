import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kindNames } from '../src/ontology/kinds.ts';
import { relationTypes } from '../src/ontology/relations.ts';

const root = new URL('../src/', import.meta.url);

const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => join(entry.parentPath, entry.name).slice(root.pathname.length));

const textOf = (file: string) => readFileSync(new URL(file, root), 'utf8');

/** Comments may name what the code may not. */
const codeOf = (file: string) => textOf(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');

const importsOf = (file: string) =>
  [...textOf(file).matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g)].map(([, target = '']) =>
    new URL(target, new URL(file, root)).pathname.slice(root.pathname.length),
  );

/** Which rooms each room may import from. Files in `src` itself come last. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  ontology: [],
  database: ['ontology'],
  graph: ['ontology', 'database'],
  loaders: ['ontology', 'graph'],
  changes: ['ontology', 'graph'],
  access: ['ontology', 'graph'],
  schema: ['ontology', 'graph', 'loaders', 'changes', 'access'],
  data: ['ontology', 'graph', 'changes'],
  http: ['ontology', 'graph', 'loaders', 'changes', 'access', 'schema', 'data'],
  // What runs in a browser knows the schema alone.
  client: [],
  drawing: [],
  bundling: [],
  web: ['client', 'drawing', 'bundling'],
  playground: ['client', 'drawing', 'bundling'],
};

const roomOf = (file: string) => (file.includes('/') ? (file.split('/')[0] ?? '') : '');

const filesIn = (...rooms: readonly string[]) => files.filter((file) => rooms.includes(roomOf(file)));

describe('the rooms of src', () => {
  it.each(Object.keys(allowed))('%s imports only from the rooms below it', (room) => {
    const foreign = filesIn(room).flatMap((file) =>
      importsOf(file)
        .filter((target) => roomOf(target) !== room && !allowed[room]?.includes(roomOf(target)))
        .map((target) => `${file} imports ${target}`),
    );
    expect(foreign).toEqual([]);
  });

  it('names no kind and no relation where the graph is asked: those come out of the ontology', () => {
    const names = [...kindNames.filter((kind) => kind !== 'Source'), ...relationTypes];
    const named = filesIn('graph', 'loaders').flatMap((file) =>
      names.filter((name) => new RegExp(`['"\`:]${name}\\b`).test(codeOf(file))).map((name) => `${file} names ${name}`),
    );
    expect(named).toEqual([]);
  });

  it('keeps the ontology free of the database and of GraphQL', () => {
    const libraries = filesIn('ontology').filter((file) => /from '(neo4j-driver|graphql|@pothos)/.test(textOf(file)));
    expect(libraries).toEqual([]);
  });

  it('reads the environment in one file', () => {
    const readers = files.filter((file) => codeOf(file).includes('process.env'));
    expect(readers).toEqual(['main.ts']);
  });
});
