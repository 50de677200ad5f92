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
    await open.import([folder]);
    const response = await open.fetch(
      `http://localhost/graphql?query=${encodeURIComponent('{ genres { nodes { name } } }')}`,
    );
    expect(await response.json()).toEqual({ data: { genres: { nodes: [{ name: 'Poetry' }] } } });
    expect(await ofTheProduct.data('{ country(code: "KE") { name } }')).toEqual({ country: { name: 'Kenya' } });
  } finally {
    await open.close();
  }
});
