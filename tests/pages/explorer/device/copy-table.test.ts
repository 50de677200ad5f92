import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { htmlOf, tabbedOf } from '../../../../src/pages/explorer/device/copy-table.ts';

beforeAll(() => void vi.stubGlobal('location', { href: 'https://data.example.org/explore' }));
afterAll(() => void vi.unstubAllGlobals());

const sheet = {
  name: 'Labs',
  columns: ['Name', 'Number'],
  rows: [
    ['A <b> & "c"', 2],
    ['two\tlines\nhere', null],
  ],
  slugs: ['a', undefined],
};

describe('a table that is copied', () => {
  it('is pasted into documents with the name of each entity as a link, and as text whatever it is', () => {
    const html = htmlOf(sheet);
    expect(html).toMatch(/<td><a href="[^"]*\/entity\/a">A &lt;b(&gt;|>) &amp; /);
    expect(html.match(/<tr>/g)).toHaveLength(3);
    expect(html.match(/<a /g)).toHaveLength(1);
  });

  it('keeps its columns in plain text', () => {
    expect(tabbedOf(sheet).split('\n')).toEqual(['Name\tNumber', 'A <b> & "c"\t2', 'two lines here\t']);
  });
});
