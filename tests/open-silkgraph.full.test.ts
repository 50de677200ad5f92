import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openSilkgraph } from '../src/open-silkgraph.ts';
import library from './graphs/library.ts';
import { ownDatabase } from './setup/own-database.ts';
import { silkgraph } from './setup/silkgraph.ts';

const address = ownDatabase();
const ofTheProduct = silkgraph();
const folder = mkdtempSync(join(tmpdir(), 'silkgraph-open-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('a program opens a graph of its own beside that of the product, imports into it and asks it', async () => {
  writeFileSync(join(folder, 'genres.json'), JSON.stringify([{ id: 'poetry', name: 'Poetry' }]));
  const open = await openSilkgraph(library, address());
  try {
    writeFileSync(
      join(folder, 'books.json'),
      JSON.stringify([
        { id: 'b-1', isbn: 'B-1', name: 'Short', pages: 90 },
        { id: 'b-2', isbn: 'B-2', name: 'Long', pages: 900 },
      ]),
    );
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

it('a graph that has been closed refuses requests as one without a database does', async () => {
  const open = await openSilkgraph(library, address());
  await open.close();
  const response = await open.fetch(
    `http://localhost/graphql?query=${encodeURIComponent('{ genres { totalCount } }')}`,
  );
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'DATABASE_UNAVAILABLE' } }] });
});

it('only a graph that createSilkgraph has made is opened', async () => {
  await expect(openSilkgraph(library.ontology as never, address())).rejects.toThrow(
    'openSilkgraph opens a graph that createSilkgraph has made.',
  );
});
