import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kindNames, kinds } from '../src/cooperation/kinds.ts';
import { relationTypes } from '../src/cooperation/relations.ts';
import { asOfDirective } from '../src/graphql/as-of/as-of-directive.ts';

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

const wings = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** What the README of a wing declares. */
interface Wing {
  /** Wings, and files of `src` itself, from which it may import. */
  readonly imports: readonly string[];
  /** Rooms from which other wings may import. */
  readonly open: readonly string[];
  /** Each with its parts, if these have an order. A dot stands for the files beside. */
  readonly rooms: ReadonlyMap<string, readonly string[]>;
}

const codeIn = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

function wingOf(name: string): Wing {
  const text = textOf(`${name}/README.md`);
  const said = (what: string) => new RegExp(`^\\*\\*${what}\\*\\*: (.*)$`, 'm').exec(text)?.[1] ?? '';
  const rows = [...text.matchAll(/^\| `([^`]+)` \|[^|]*\|([^|]*)\|$/gm)];
  const rooms = new Map(rows.map(([, room = '', parts = '']) => [room, codeIn(parts)]));
  const open = said('Open to other wings');
  return {
    imports: codeIn(said('May import')).filter((other) => other !== 'src'),
    open: open === 'all rooms.' ? [...rooms.keys()] : open === 'the files beside the rooms.' ? ['.'] : codeIn(open),
    rooms,
  };
}

const declared = new Map(wings.map((name) => [name, wingOf(name)]));

/** Which of the rooms or parts of a wing a file is in. */
const at = (file: string, depth: number) => file.split('/').slice(0, -1)[depth] ?? '.';

const wing = (file: string) => at(file, 0);

/** A file that is imported from `src` itself is named. */
const goal = (target: string) => (wing(target) === '.' ? target : wing(target));

/** More files side by side hide what they are for. */
const MOST_FILES = 20;

/** Files that put the parts of their folder together, so they import from all of them. */
const assemblies: ReadonlySet<string> = new Set([
  'graphql/index.ts',
  'engine/access/authenticator.ts',
  'doors/linked-data/entity-page.ts',
]);

const filesIn = (...names: readonly string[]) => files.filter((file) => names.includes(wing(file)));

/** Imports that do not follow an order, as sentences. */
const backward = (
  among: readonly string[],
  order: readonly string[],
  depth: number,
  isInside: (file: string) => boolean,
) =>
  among
    .filter((file) => isInside(file) && !assemblies.has(file))
    .flatMap((file) =>
      importsOf(file)
        .filter((target) => isInside(target) && order.indexOf(at(target, depth)) > order.indexOf(at(file, depth)))
        .map((target) => `${file} imports ${target}`),
    );

describe.each([...declared])('the wing %s', (name, { imports, rooms }) => {
  const own = filesIn(name);

  it('imports only what its README allows, from rooms that are open', () => {
    const foreign = own.flatMap((file) =>
      importsOf(file)
        .filter((target) => wing(target) !== name)
        .filter((target) => {
          const other = declared.get(wing(target));
          return !imports.includes(goal(target)) || (other && !other.open.includes(at(target, 1)));
        })
        .map((target) => `${file} imports ${target}`),
    );
    expect(foreign).toEqual([]);
  });

  it('imports all that its README names', () => {
    const used = new Set(own.flatMap(importsOf).map(goal));
    expect(imports.filter((other) => !used.has(other))).toEqual([]);
  });

  it('lists its rooms in the order in which they use each other', () => {
    const folders = readdirSync(new URL(`${name}/`, root), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    expect([...rooms.keys()].filter((room) => room !== '.').sort()).toEqual(folders.map((entry) => entry.name).sort());
    expect(backward(own, [...rooms.keys()], 1, (file) => wing(file) === name)).toEqual([]);
  });

  it('lists the parts of its rooms in that order', () => {
    for (const [room, parts] of rooms) {
      if (parts.length === 0) continue;
      const isInside = (file: string) => wing(file) === name && at(file, 1) === room;
      expect(own.filter((file) => isInside(file) && !parts.includes(at(file, 2)))).toEqual([]);
      expect(backward(own, parts, 2, isInside)).toEqual([]);
    }
  });
});

describe('the files of src', () => {
  it('have no circle of wings', () => {
    const above = (name: string): readonly string[] => [
      name,
      ...(declared.get(name)?.imports ?? []).filter((other) => declared.has(other)).flatMap(above),
    ];
    for (const name of wings) expect(above(name).slice(1)).not.toContain(name);
  });

  it('beside the wings are the program, the public entry and the settings', () => {
    expect(files.filter((file) => !file.includes('/')).sort()).toEqual(['config.ts', 'index.ts', 'main.ts']);
  });

  it('import themselves nowhere by way of others, types included', () => {
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

  it(`are no more than ${MOST_FILES} side by side`, () => {
    const folders = files.map((file) => file.split('/').slice(0, -1).join('/'));
    const full = folders.filter((folder) => folders.filter((other) => other === folder).length > MOST_FILES);
    expect([...new Set(full)]).toEqual([]);
  });
});

describe('the engine', () => {
  const names = [...kindNames.filter((kind) => kind !== 'Source'), ...relationTypes];
  const namesIn = (text: string) => names.filter((name) => new RegExp(`['"\`:]${name}\\b`).test(text));

  it('names no kind and no relation where the graph is queried: those come out of the ontology', () => {
    const named = filesIn('engine', 'history').flatMap((file) =>
      namesIn(codeOf(file)).map((name) => `${file} names ${name}`),
    );
    expect(named).toEqual([]);
  });

  it('names none elsewhere either, nor a property of them that is not a word of its own', () => {
    const properties = Object.values(kinds).flatMap(({ properties }) => Object.keys(properties));
    // The directive has the name of a property of the graph of the product.
    const telling = properties.filter((name) => /[A-Z]/.test(name) && name !== asOfDirective);
    const all = [...kindNames, ...relationTypes, ...telling];
    const named = files
      .filter((file) => !['cooperation', 'client'].includes(wing(file)))
      .flatMap((file) =>
        all.filter((name) => codeOf(file).match(`['"\`]${name}['"\`]`)).map((name) => `${file} names ${name}`),
      );
    expect(named).toEqual([]);
  });

  it('imports nothing of the graph of the product, but for the commands, which serve it by default', () => {
    const importing = files.filter(
      (file) => wing(file) !== 'cooperation' && importsOf(file).some((target) => wing(target) === 'cooperation'),
    );
    expect(importing).toEqual(['cli/commands/session/load-graph.ts']);
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
    const ownRecords = /^(?:engine\/(?:access|changes|database)|history\/(?:revisions|scope|watching))\//;
    const queried = filesIn('engine', 'history', 'graphql').filter((file) => !ownRecords.test(file));
    const fixed = queried.flatMap((file) =>
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
