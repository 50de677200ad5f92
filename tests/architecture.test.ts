import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kindNames, kinds } from '../src/cooperation/kinds.ts';
import { relationTypes } from '../src/cooperation/relations.ts';

const root = new URL('../src/', import.meta.url);

const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name).slice(root.pathname.length));

const textOf = (file: string) => readFileSync(new URL(file, root), 'utf8');

/** Comments may name what the code may not. */
const codeOf = (file: string) => textOf(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');

/** What a file imports, types included. */
const importsOf = (file: string) =>
  [...textOf(file).matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g)].map(([, target = '']) =>
    new URL(target, new URL(file, root)).pathname.slice(root.pathname.length),
  );

/** Which folders each folder may import from. Files in `src` itself come last. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  // How much time and memory all others may take.
  budgets: [],
  ontology: [],
  database: ['budgets', 'ontology'],
  // What the server and the page of the explorer agree on.
  explorer: ['ontology'],
  graph: ['budgets', 'ontology', 'database'],
  loaders: ['budgets', 'ontology', 'graph'],
  changes: ['budgets', 'ontology', 'graph'],
  access: ['budgets', 'ontology', 'graph'],
  watching: ['budgets', 'ontology', 'graph', 'changes'],
  // What the environment says, in the terms of those whom it concerns.
  settings: ['access', 'database', 'http'],
  schema: ['budgets', 'ontology', 'graph', 'loaders', 'changes', 'access', 'watching'],
  data: ['ontology', 'graph', 'changes'],
  adoption: ['ontology', 'graph', 'changes', 'data', 'database'],
  'linked-data': ['ontology', 'graph', 'changes', 'data'],
  'graph-files': ['ontology', 'graph', 'changes', 'data'],
  // All that a database holds, whatever its ontology.
  backup: ['database'],
  // Other protocols ask through the schema, like every client.
  asking: ['ontology', 'schema'],
  mcp: ['budgets', 'ontology', 'access', 'schema', 'asking'],
  reconciliation: ['ontology', 'graph', 'schema', 'asking'],
  telemetry: ['budgets'],
  replicas: ['budgets', 'changes'],
  http: [
    'budgets',
    'telemetry',
    'ontology',
    'graph',
    'loaders',
    'changes',
    'access',
    'watching',
    'schema',
    'data',
    'linked-data',
    'graph-files',
    'explorer',
    'asking',
    'mcp',
    'reconciliation',
  ],
  // The service put together, in the order in which a request meets its parts.
  server: [
    'budgets',
    'ontology',
    'graph',
    'access',
    'schema',
    'explorer',
    'mcp',
    'reconciliation',
    'telemetry',
    'replicas',
    'http',
    'client',
  ],
  // The graph of the product is made with the main entry, but for its ontology and its explorer, for which nothing else is loaded.
  cooperation: ['', 'ontology', 'explorer'],
  // What runs in a browser knows the schema alone.
  client: [],
  drawing: [],
  bundling: [],
  web: ['client', 'drawing', 'bundling', 'explorer'],
  playground: ['client', 'drawing', 'bundling', 'explorer'],
};

/**
 * The sub-folders of each folder in their order: a file imports from its own and from those before it. The empty name stands
 * for the files beside the sub-folders.
 */
const order: Readonly<Record<string, readonly string[]>> = {
  explorer: ['pages', ''],
  drawing: ['', 'layout', 'canvas'],
  access: ['', 'oidc'],
  database: ['', 'system', 'schema', 'managed'],
  graph: [
    'indexes',
    '',
    'planning',
    'narrowing',
    'reads',
    'parts',
    'costs',
    'groups',
    'search',
    'match',
    'traversal',
    'paths',
    'structure',
    'memory',
    'earlier',
    'kept-ontology',
  ],
  changes: ['', 'check', 'log', 'apply', 'history', 'scope'],
  schema: [
    'declarations',
    '',
    'as-of',
    'arguments',
    'planning',
    'entities',
    'changes',
    'match',
    'explore',
    'citations',
    'dependencies',
    'live',
    'groups',
    'gaps',
    'mutations',
    'watching',
    'federation',
    'cost',
    'warm-up',
  ],
  mcp: ['', 'tools', 'server', 'sessions'],
  data: ['', 'files', 'import', 'export', 'generate'],
  adoption: ['', 'inference', 'looking', 'adopting'],
  http: [
    '',
    'access',
    'observability',
    'telemetry',
    'revisions',
    'limits',
    'bookmarks',
    'connections',
    'documents',
    'answers',
    'live',
    'mcp',
    'reconciliation',
    'citations',
    'exports',
    'pages',
    'linked-data',
    'roles',
  ],
  commands: ['session', 'history', 'serving', ''],
  ontology: ['language', '', 'definition', 'narrowing'],
  'linked-data': ['', 'page'],
  web: [
    'settings',
    'navigation',
    'api',
    'keyboard',
    'device',
    'parts',
    'panels',
    'list',
    'analysis',
    'graph',
    'map',
    'timeline',
    'page',
    '',
  ],
  playground: ['style', 'language', 'requests', 'questions', 'answers', 'picture', ''],
};

/** More files side by side hide what they are for. */
const MOST_FILES = 20;

/** Files that put the parts of their folder together, so they import from all of them. */
const assemblies: ReadonlySet<string> = new Set([
  'schema/index.ts',
  'access/authenticator.ts',
  'linked-data/entity-page.ts',
]);

const folderOf = (file: string) => (file.includes('/') ? (file.split('/')[0] ?? '') : '');

const subFolderOf = (file: string) => file.split('/').slice(1, -1)[0] ?? '';

const filesIn = (...folders: readonly string[]) => files.filter((file) => folders.includes(folderOf(file)));

describe('the folders of src', () => {
  it.each(Object.keys(allowed))('%s imports only from the folders below it', (folder) => {
    const foreign = filesIn(folder).flatMap((file) =>
      importsOf(file)
        .filter((target) => folderOf(target) !== folder && !allowed[folder]?.includes(folderOf(target)))
        .map((target) => `${file} imports ${target}`),
    );
    expect(foreign).toEqual([]);
  });

  it.each(Object.entries(order))('the sub-folders of %s import only from those before them', (folder, subFolders) => {
    const backward = filesIn(folder)
      .filter((file) => !assemblies.has(file))
      .flatMap((file) =>
        importsOf(file)
          .filter((target) => folderOf(target) === folder)
          .filter((target) => subFolders.indexOf(subFolderOf(target)) > subFolders.indexOf(subFolderOf(file)))
          .map((target) => `${file} imports ${target}`),
      );
    expect(backward).toEqual([]);
  });

  it('have no other sub-folders', () => {
    const unknown = files.filter((file) => {
      const subFolders = order[folderOf(file)];
      return subFolders
        ? !subFolders.includes(subFolderOf(file))
        : subFolderOf(file) !== '' && folderOf(file) !== 'client';
    });
    expect(unknown).toEqual([]);
  });

  it('have no file among them that imports itself by way of others, types included', () => {
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, above: readonly string[]) => {
      if (above.includes(file)) circles.push([...above.slice(above.indexOf(file)), file].join(' → '));
      if (done.has(file) || above.includes(file)) return;
      for (const target of importsOf(file)) visit(target, [...above, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
    expect(circles).toEqual([]);
  });

  it(`hold no more than ${MOST_FILES} files side by side`, () => {
    const folders = files.map((file) => file.split('/').slice(0, -1).join('/'));
    const full = folders.filter((folder) => folders.filter((other) => other === folder).length > MOST_FILES);
    expect([...new Set(full)]).toEqual([]);
  });
});

describe('the engine', () => {
  const names = [...kindNames.filter((kind) => kind !== 'Source'), ...relationTypes];
  const namesIn = (text: string) => names.filter((name) => new RegExp(`['"\`:]${name}\\b`).test(text));

  it('names no kind and no relation where the graph is queried: those come out of the ontology', () => {
    const named = filesIn('graph', 'loaders').flatMap((file) =>
      namesIn(codeOf(file)).map((name) => `${file} names ${name}`),
    );
    expect(named).toEqual([]);
  });

  it('names none elsewhere either, nor a property of them that is not a word of its own', () => {
    const properties = Object.values(kinds).flatMap(({ properties }) => Object.keys(properties));
    const telling = properties.filter((name) => /[A-Z]/.test(name));
    const all = [...kindNames, ...relationTypes, ...telling];
    const named = filesIn(
      'ontology',
      'changes',
      'access',
      'watching',
      'schema',
      'http',
      'server',
      'data',
      'linked-data',
      'graph-files',
      'adoption',
      'commands',
      'settings',
      'doctor',
      'telemetry',
      'replicas',
      'asking',
      'mcp',
      'reconciliation',
      'explorer',
      'web',
      'drawing',
      'playground',
      '',
    ).flatMap((file) =>
      all.filter((name) => codeOf(file).match(`['"\`]${name}['"\`]`)).map((name) => `${file} names ${name}`),
    );
    expect(named).toEqual([]);
  });

  it('imports nothing of the graph of the product, but for the commands, which serve it by default', () => {
    const importing = files.filter(
      (file) =>
        folderOf(file) !== 'cooperation' && importsOf(file).some((target) => folderOf(target) === 'cooperation'),
    );
    expect(importing).toEqual(['commands/session/load-graph.ts']);
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

describe('the queries of cypher', () => {
  const folder = new URL('../cypher/', import.meta.url);
  const queries = readdirSync(folder).filter((name) => name.endsWith('.cypher'));

  it('are all the questions with a fixed text: what stands in the engine is built, or writes', () => {
    const fixed = filesIn('graph', 'loaders', 'schema').flatMap((file) =>
      [...codeOf(file).matchAll(/(['"`])((?:UNWIND|MATCH|CALL|OPTIONAL|RETURN)\b[^'"`]*)\1/g)]
        .map(([, , text = '']) => text)
        .filter((text) => !/\$\{|\b(?:CREATE|MERGE|SET|DELETE)\b/.test(text))
        .map((text) => `${file}: ${text}`),
    );
    expect(fixed).toEqual([]);
  });

  it('name no kind and no relation', () => {
    const named = queries.flatMap((file) => {
      const code = readFileSync(new URL(file, folder), 'utf8').replace(/\/\/.*$/gm, '');
      return [...kindNames, ...relationTypes]
        .filter((name) => new RegExp(`:\`?${name}\\b`).test(code))
        .map((name) => `${file} names ${name}`);
    });
    expect(named).toEqual([]);
  });
});

describe('the benchmarks', () => {
  it('load files of the product that exist', () => {
    const text = readFileSync(new URL('../bench/servers/open-silkgraph.ts', import.meta.url), 'utf8');
    const loaded = [...text.matchAll(/product\(\s*'([^']+)'/g)].map(([, path]) => `${path}.ts`);
    expect(loaded.length).toBeGreaterThan(4);
    expect(files).toEqual(expect.arrayContaining(loaded));
  });
});
