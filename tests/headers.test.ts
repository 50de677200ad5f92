import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exposedHeaders } from '../src/server/access/use-cors.ts';
import { securityHeaders } from '../src/server/access/use-security-headers.ts';
import { readPage, root } from './setup/pages.ts';
import { schema } from './setup/served.ts';

const { text: page } = readPage('docs/headers.md');

/** Names in the first column of the tables under a heading, with what stands beside them. */
function namesUnder(heading: string): readonly string[] {
  const section = page.slice(page.indexOf(`\n## ${heading}\n`) + 1);
  const rows = section.slice(0, section.indexOf('\n## ', 1) >>> 0).matchAll(/^\| (`.*?) \|/gm);
  return [...rows].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`( \*)?/g)].map(([, name = '', mark = '']) => name + mark),
  );
}

const headers = [...namesUnder('Request headers'), ...namesUnder('Response headers')];
const lowerCase = new Set(headers.map((name) => name.replace(' *', '').toLowerCase()));

const code = ['src/server', 'src/doors/mcp'].flatMap((folder) =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(new URL(`${folder}/${name}`, root), 'utf8')),
);

describe('the page on headers', () => {
  it('names every header that the server reads or sends', () => {
    const used = code.flatMap((text) => [
      ...text.matchAll(/headers\.(?:get|set|has|delete)\('([\w-]+)'/gi),
      ...text.matchAll(/'((?:silkgraph|mcp|access-control|x|content)-[a-z-]+)'[,:;\])]/g),
    ]);
    const names = new Set([...used.map(([, name = '']) => name), ...Object.keys(securityHeaders)]);
    expect(names.size).toBeGreaterThan(30);
    expect([...names].filter((name) => !lowerCase.has(name))).toEqual([]);
  });

  it('names no header of our own that the server does not know', () => {
    const own = [...lowerCase].filter((name) => /^(?:silkgraph|mcp|x)-/.test(name));
    expect(own.filter((name) => !code.some((text) => text.toLowerCase().includes(`'${name}'`)))).toEqual([]);
  });

  it('marks the headers that pages of other origins may read', () => {
    const marked = namesUnder('Response headers').filter((name) => name.endsWith(' *'));
    expect(marked.map((name) => name.replace(' *', '')).sort()).toEqual([...exposedHeaders].sort());
  });

  it('lists the directives that a query may have, with their arguments', () => {
    const listed = namesUnder('Directives').map((name) => name.replace(/[(),:]+/g, ' ').trim());
    const inQueries = schema
      .getDirectives()
      .filter(({ locations }) => locations.some((location) => /^(?:QUERY|FIELD)$/.test(location)))
      .map(({ name, args }) => [`@${name}`, ...args.map((argument) => argument.name)].join(' '));
    expect(listed.map((text) => text.replace(/ +/g, ' ')).sort()).toEqual(inQueries.sort());
  });
});
