import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createKey } from '../../src/engine/access/api-key-store.ts';
import { openDriver } from '../../src/engine/database/open-driver.ts';
import { type OpenOptions, openSilkgraph } from '../../src/service/open-silkgraph.ts';
import library from '../graphs/library.ts';
import { ownDatabase } from '../setup/own-database.ts';
import { silkgraph } from '../setup/silkgraph.ts';

const address = ownDatabase();
const ofTheProduct = silkgraph();
const folder = mkdtempSync(join(tmpdir(), 'silkgraph-open-'));
writeFileSync(join(folder, 'genres.json'), JSON.stringify([{ id: 'poetry', name: 'Poetry' }]));
writeFileSync(
  join(folder, 'books.json'),
  JSON.stringify([
    { id: 'b-1', isbn: 'B-1', name: 'Short', pages: 90 },
    { id: 'b-2', isbn: 'B-2', name: 'Long', pages: 900 },
  ]),
);
afterAll(() => rmSync(folder, { recursive: true }));

it('a program opens a graph of its own beside that of the product, imports into it and asks it', async () => {
  const open = await openSilkgraph(library, address());
  try {
    await open.import(folder);
    const response = await open.fetch(
      `http://localhost/graphql?query=${encodeURIComponent('{ genres { nodes { name } } }')}`,
    );
    expect(await response.json()).toEqual({ data: { genres: { nodes: [{ name: 'Poetry' }] } } });
    const byHand = await open.fetch(
      `http://localhost/graphql?query=${encodeURIComponent('{ longestBook { name pages genres { totalCount } } }')}`,
    );
    expect(await byHand.json()).toEqual({
      data: { longestBook: { name: 'Long', pages: 900, genres: { totalCount: 0 } } },
    });
    expect(await ofTheProduct.data('{ country(code: "KE") { name } }')).toEqual({ country: { name: 'Kenya' } });
  } finally {
    await open.close();
  }
});

it('relations that the ontology does not know count for nothing', async () => {
  const books = 'MATCH (short:Book {id: "b-1"}), (long:Book {id: "b-2"})';
  const driver = openDriver(address());
  const run = (text: string) => driver.executeQuery(text, {}, { database: 'neo4j' });
  const alike = async () => {
    const open = await openSilkgraph(library, address());
    const query =
      '{ similar(to: "b-1") { score entity { slug } } neighborhood(of: ["poetry"]) { truncated { reason } nodes { slug } } }';
    const response = await open.fetch(`http://localhost/graphql?query=${encodeURIComponent(query)}`);
    return response.json().finally(() => open.close());
  };
  const imported = await openSilkgraph(library, address());
  await imported.import(folder).finally(imported.close);
  try {
    await run(`${books} MATCH (genre:Genre {id: "poetry"}) CREATE (short)-[:IN_GENRE]->(genre)<-[:IN_GENRE]-(long)`);
    const before = await alike();
    expect(before).toMatchObject({ data: { similar: [{ entity: { slug: 'b-2' } }] } });
    await run(`${books} MATCH (genre:Genre {id: "poetry"}) UNWIND range(1, 3000) AS _ CREATE (genre)-[:READ]->(long)`);
    expect(await alike()).toEqual(before);
  } finally {
    await run('MATCH (:Book)-[relation:READ|IN_GENRE]-() DELETE relation');
    await driver.close();
  }
});

it('a graph that has been closed refuses requests as one without a database does', async () => {
  const open = await openSilkgraph(library, address());
  await open.close();
  const response = await open.fetch(
    `http://localhost/graphql?query=${encodeURIComponent('{ genres { totalCount } }')}`,
  );
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'DATABASE_UNAVAILABLE' } }] });
});

it('a graph that listens is served on this machine alone, and no longer once it is closed', async () => {
  const open = await openSilkgraph(library, address());
  const { origin } = await open.listen(0);
  expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await fetch(`${origin}/health`)).status).toBe(200);
  await open.close();
  await expect(fetch(`${origin}/health`)).rejects.toThrow('fetch failed');
});

it('an option that there is not is refused, rather than a graph opened without it', async () => {
  const options: OpenOptions & { readonly reading: string } = { reading: 'closed', timeout: 5_000 };
  await expect(openSilkgraph(library, address(), options)).rejects.toThrow(
    'openSilkgraph has no option reading. It takes',
  );
});

it('API keys of the graph identify callers, and say what they may read', async () => {
  const roles = { librarian: { hide: ['Book.pages'] } };
  const open = await openSilkgraph(library, address(), { access: { reading: 'closed' }, roles });
  try {
    const ask = async (query: string, key?: string) => {
      const headers = key === undefined ? {} : { 'x-api-key': key };
      const response = await open.fetch(`http://localhost/graphql?query=${encodeURIComponent(query)}`, { headers });
      return response.json();
    };
    const keyOf = async (role: string) => (await createKey(open.graph, { name: 'A program', role })).key.text;
    const books = '{ books { totalCount } }';
    expect(await ask(books)).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect(await ask(books, await keyOf('reader'))).toEqual({ data: { books: { totalCount: 2 } } });
    expect(await ask('{ books { nodes { pages } } }', await keyOf('librarian'))).toMatchObject({
      errors: [{ message: expect.stringContaining('Cannot query field "pages"') }],
    });
  } finally {
    await open.close();
  }
});

it.each([
  [
    'another kind of reading',
    { access: { reading: 'private' } },
    'reading of openSilkgraph must be open or closed, not private',
  ],
  ['another option of access', { access: { tokens: {} } }, 'access of openSilkgraph has no option tokens'],
  [
    'a role without a list of what it does not see',
    { roles: { partner: { hidden: [] } } },
    'unknown option hidden. It takes hide',
  ],
  [
    'a role that always sees everything',
    { roles: { editor: { hide: ['Book'] } } },
    'role editor always sees the whole graph',
  ],
])('%s is refused, rather than the graph opened to more callers than was meant', async (_, options, message) => {
  await expect(openSilkgraph(library, address(), options as never)).rejects.toThrow(message);
});

it('only a graph that createSilkgraph has made is opened', async () => {
  await expect(openSilkgraph(library.ontology as never, address())).rejects.toThrow(
    'openSilkgraph opens a graph that createSilkgraph has made.',
  );
});
