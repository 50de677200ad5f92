import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { importFiles } from '../../../src/doors/data/import/import-files.ts';
import {
  boolean,
  closedSet,
  createSilkgraph,
  date,
  defineOntology,
  enumeration,
  indexed,
  int,
  listOf,
  type Property,
  required,
  searched,
  text,
  url,
} from '../../../src/index.ts';
import { writeData } from '../../doors/data/data-folder.ts';
import { ownDatabase } from '../../setup/own-database.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const kind = (singular: string) => ({
  ...{ singular, plural: `${singular}s`, one: `a ${singular}`, many: `${singular}s`, description: 'A kind.' },
  properties: {},
});

const relation = (forward: string, mark: Property) => ({
  ...{ from: 'Reader', to: 'Book', forward, backward: `${forward}By` },
  ...{ description: 'x', forwardDescription: 'x', backwardDescription: 'x' },
  properties: { mark },
});

/** Relations between the same kinds, with a property of one name and another type each. */
const ontology = defineOntology({
  enumerations: { Verdict: closedSet('A verdict.', { GOOD: 'Good.', BAD: 'Bad.' }) },
  sharedProperties: { name: searched(indexed(required(text('Name.'))), 'name') },
  kinds: { Reader: kind('reader'), Book: kind('book') },
  relations: {
    RATES: relation('rated', int('Stars.')),
    JUDGES: relation('judged', enumeration('Verdict', 'Verdict.')),
    QUOTES: relation('quoted', text('Words.')),
    OWNS: relation('owned', boolean('Whether it is lent.')),
    READS: relation('read', date('When.')),
    CITES: relation('cited', url('Where.')),
    TAGS: relation('tagged', listOf(text('Words.'))),
  },
  provenance: null,
});

const marks = {
  RATES: [3, 5],
  JUDGES: ['GOOD', 'BAD'],
  QUOTES: ['3', 'Sea'],
  OWNS: [true, false],
  READS: ['2019-06', '2021'],
  CITES: ['https://a.example/', 'https://b.example/'],
  TAGS: [['sea', 'ship'], ['land']],
};

describe('a property of relations that has another type at each', () => {
  const address = ownDatabase();
  const server = silkgraph({ address, of: createSilkgraph({ ontology }) });

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'silkgraph-data-'));
    writeData(folder, {
      'readers.jsonl': [{ id: 'ann', name: 'Ann' }],
      'books.jsonl': [
        { id: 'one', name: 'One' },
        { id: 'two', name: 'Two' },
      ],
      'relations.jsonl': Object.entries(marks).flatMap(([type, [first, second]]) => [
        { from: 'ann', type, to: 'one', properties: { mark: first } },
        { from: 'ann', type, to: 'two', properties: { mark: second } },
      ]),
    });
    await importFiles(server.graph, [folder]);
    rmSync(folder, { recursive: true });
  });

  const found = async (field: string, mark: string): Promise<readonly string[]> => {
    const { reader } = await server.data(
      `{ reader(slug: "ann") { ${field}(filter: { edge: { mark: ${mark} } }) { nodes { slug } } } }`,
    );
    return reader[field].nodes.map(({ slug }: { slug: string }) => slug);
  };

  it.each([
    ['rated', '{ eq: 3 }', ['one']],
    ['rated', '{ gt: 3 }', ['two']],
    ['rated', '{ in: [3, 4] }', ['one']],
    ['judged', '{ eq: GOOD }', ['one']],
    ['judged', '{ ne: "GOOD" }', ['two']],
    ['quoted', '{ eq: "3" }', ['one']],
    ['quoted', '{ contains: "se" }', ['two']],
    ['owned', '{ eq: true }', ['one']],
    ['read', '{ lt: "2020" }', ['one']],
    ['read', '{ eq: "2019" }', ['one']],
    ['cited', '{ in: ["https://b.example/"] }', ['two']],
    ['tagged', '{ has: "ship" }', ['one']],
    ['tagged', '{ hasAny: ["land", "sea"] }', ['one', 'two']],
    ['tagged', '{ isEmpty: false }', ['one', 'two']],
    ['owned', '{ exists: false }', []],
  ])('is compared as what it is: %s %s', async (field, mark, slugs) => {
    expect(await found(field, mark)).toEqual(slugs);
  });

  it('takes its value from a variable', async () => {
    const { reader } = await server.data(
      'query ($mark: EdgeValue) { reader(slug: "ann") { rated(filter: { edge: { mark: { eq: $mark } } }) { nodes { slug } } } }',
      { mark: 5 },
    );
    expect(reader.rated.nodes).toEqual([{ slug: 'two' }]);
  });

  it.each([
    ['rated', '{ eq: "3" }', '`mark` of RATES must be compared with an integer; got "3".'],
    ['rated', '{ eq: 2.5 }', '`mark` of RATES must be compared with an integer; got 2.5.'],
    ['rated', '{ contains: "3" }', '`mark` of RATES is of int; use `eq`, `ne`, `in`, `lt`,'],
    ['judged', '{ in: [GOOD, UGLY] }', '"UGLY" is not a value of `mark` of JUDGES. Its values are GOOD, BAD.'],
    ['judged', '{ lt: GOOD }', '`mark` of JUDGES is of Verdict; use `eq`, `ne`, `in`, `exists`.'],
    ['quoted', '{ eq: 3 }', '`mark` of QUOTES must be compared with a text; got 3.'],
    ['owned', '{ eq: "true" }', '`mark` of OWNS must be compared with true or false; got "true".'],
    ['read', '{ gt: "soon" }', '`mark` of READS must be compared with a date such as "2019",'],
    ['cited', '{ eq: "b" }', '`mark` of CITES must be compared with an absolute URL; got "b".'],
    ['tagged', '{ eq: "sea" }', '`mark` of TAGS is a list of text; use `has`, `hasAny`, `isEmpty`.'],
    ['tagged', '{ has: 3 }', '`mark` of TAGS must be compared with a text; got 3.'],
    ['rated', '{ eq: { a: 1 } }', 'EdgeValue must be a text, a number or a Boolean; got { a: 1 }.'],
    ['quoted', '{ eq: null }', 'is null'],
  ])('refuses what does not fit: %s %s', async (field, mark, message) => {
    const { errors = [] } = await server.ask(
      `{ reader(slug: "ann") { ${field}(filter: { edge: { mark: ${mark} } }) { nodes { slug } } } }`,
    );
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    expect(errors[0]?.message).toContain(message);
  });

  it('is sorted by where it has one value', async () => {
    const sorted = (field: string) =>
      server.ask(`{ reader(slug: "ann") { ${field}(orderBy: [{ edge: { mark: DESC } }]) { nodes { slug } } } }`);
    const { data } = await sorted('rated');
    expect(data.reader.rated.nodes).toEqual([{ slug: 'two' }, { slug: 'one' }]);
    const { errors = [] } = await sorted('tagged');
    expect(errors.map(({ message, extensions }) => ({ message, code: extensions.code }))).toEqual([
      { message: '`mark` of TAGS is a list, and lists have no order. Use another key.', code: 'BAD_USER_INPUT' },
    ]);
  });
});
