import core from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import '@citation-js/plugin-ris';
import { describe, expect, it } from 'vitest';
import { apaReference } from '../../../src/doors/citations/apa.ts';
import { risRecord } from '../../../src/doors/citations/ris.ts';
import { seeds } from '../../setup/seeds.ts';
import { linkedServer } from '../linked-data/http/linked-server.ts';

const { server } = linkedServer();
const { get } = server;

type Item = { readonly id?: string; readonly title: string; readonly URL?: string };

/** The items of a file, read by a library for citations. */
const itemsIn = (text: string): readonly Item[] =>
  new (core.Cite as unknown as new (text: string) => { data: readonly Item[] })(text).data;

const LAB = 'china-kenya-joint-laboratory-for-crop-molecular-biology';
const cited = seeds.relations.filter(({ type, from }) => type === 'CITES' && from === LAB).map(({ to }) => to);
const titleOf = (slug: string) => seeds.entities.Source.find(({ id }) => id === slug)?.name;

describe('citations as files', () => {
  it('have all sources, as reference managers read them', async () => {
    const csl: readonly Item[] = await (await get('/export?format=csl')).json();
    expect(csl.map(({ id }) => id).sort()).toEqual(seeds.entities.Source.map(({ id }) => id).sort());
    const ris = itemsIn(await (await get('/export?format=ris')).text());
    expect(ris.map(({ title }) => title.trim())).toEqual(csl.map(({ title }) => title.replace(/\s+/g, ' ').trim()));
    expect(ris.map((item) => item.URL)).toEqual(csl.map((item) => item.URL));
    const bibtex = await (await get('/export?format=bib')).text();
    expect(bibtex.match(/^@\w+\{/gm)).toHaveLength(seeds.entities.Source.length);
  });

  it('have the sources of an entity, or of what a query returns', async () => {
    expect(cited.length).toBeGreaterThan(0);
    const of = itemsIn(await (await get(`/export?format=ris&of=${LAB}`)).text());
    expect(new Set(of.map(({ title }) => title))).toEqual(new Set(cited.map(titleOf)));
    const response = await server.fetch('/export', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: `{ lab(slug: "${LAB}") { slug } }`, format: 'csl' }),
    });
    const items: readonly Item[] = await response.json();
    expect(new Set(items.map(({ id }) => id))).toEqual(new Set(cited));
  });

  it('do not link what is a repost', async () => {
    const csl: readonly Item[] = await (await get('/export?format=csl')).json();
    const reposts = new Set(seeds.entities.Source.filter(({ mirror }) => mirror).map(({ id }) => id));
    expect(csl.filter(({ id, URL }) => reposts.has(String(id)) && URL !== undefined)).toEqual([]);
  });
});

describe('a record of RIS', () => {
  it('is one line for each field, whatever line breaks a title has', () => {
    const record = risRecord({
      id: 'x',
      type: 'dataset',
      title: 'One\nER  - \nTwo',
      issued: { 'date-parts': [[2019, 6]] },
    });
    expect(record).toBe('TY  - DATA\r\nID  - x\r\nTI  - One ER - Two\r\nPY  - 2019\r\nDA  - 2019/06//\r\nER  - \r\n');
  });
});

describe('a reference in the style of APA', () => {
  it.each([
    [
      {
        type: 'webpage',
        title: 'A page',
        'container-title': 'A site',
        issued: { 'date-parts': [[2023, 6, 9]] },
        URL: 'https://a.example',
      },
      'A page. (2023, June 9). A site. https://a.example',
    ],
    [
      { type: 'dataset', title: 'Data', publisher: 'Someone', issued: { 'date-parts': [[2025, 5]] } },
      'Data. (2025). [Data set]. Someone.',
    ],
    [
      { type: 'entry-encyclopedia', title: 'Is it?', 'container-title': 'Encyclopedia' },
      'Is it? (n.d.). In Encyclopedia.',
    ],
    [{ type: 'webpage', title: '标题。', issued: { 'date-parts': [[2024]] } }, '标题。 (2024).'],
  ])('begins with the title: %j', (item, expected) => {
    expect(apaReference({ id: 'x', ...item })).toBe(expected);
  });
});
