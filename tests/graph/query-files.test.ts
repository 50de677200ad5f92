import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { queryFile } from '../../src/graph/query-files.ts';
import { foldedForm, kindProperty, searched, slugProperty } from '../../src/graph/search/searched.ts';
import { propertiesOf } from '../../src/ontology/fields.ts';
import { kindNames } from '../../src/ontology/kinds.ts';
import { silkgraph } from '../setup/silkgraph.ts';

const folder = new URL('../../cypher/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.cypher'));

const namesIn = (text: string) => new Set([...text.matchAll(/\$(\w+)/g)].map(([, name]) => name));

describe('a query file', () => {
  it('is there', () => expect(files).not.toEqual([]));

  it.each(files)('%s documents exactly its parameters in the header', (file) => {
    const text = readFileSync(new URL(file, folder), 'utf8');
    const { text: statement } = queryFile(file.replace(/\.cypher$/, ''));
    expect(statement).not.toMatch(/^\/\//);
    expect(text).toContain(statement);
    expect(namesIn(text.slice(0, text.indexOf(statement)))).toEqual(namesIn(statement));
  });

  it.each(files)('%s uses exactly the documented keys of each map parameter', (file) => {
    const text = readFileSync(new URL(file, folder), 'utf8');
    const { text: statement } = queryFile(file.replace(/\.cypher$/, ''));
    const header = text.slice(0, text.indexOf(statement));
    const used = new Set([...statement.matchAll(/\$\w+\.(\w+)/g)].map(([, name]) => name));
    const [, told = ''] = /\$\w+: \{([\s\S]*)\}/.exec(header) ?? [];
    const outer = told.replace(/\{[^}]*\}/g, '');
    expect(new Set([...outer.matchAll(/(\w+):/g)].map(([, name]) => name))).toEqual(used);
  });
});

describe('the index of search', () => {
  const server = silkgraph();

  it('contains the properties that search covers, and no others', async () => {
    const [row] = await server.graph.read({
      name: 'indexes',
      text: "SHOW FULLTEXT INDEXES YIELD name, properties, labelsOrTypes WHERE name = 'entity_search' RETURN properties, labelsOrTypes",
    });
    const [properties, labels] = row as [string[], string[]];
    const expected = [kindProperty, slugProperty, ...Object.values(searched).flat().map(foldedForm)];
    expect(properties.toSorted()).toEqual(expected.toSorted());
    expect(labels).toEqual(['Entity']);
  });

  it('is over texts of the ontology', () => {
    for (const name of Object.values(searched).flat()) {
      const types = kindNames.flatMap((kind) => propertiesOf(kind)[name]?.type ?? []);
      expect([...new Set(types)], name).toEqual(['text']);
    }
  });
});
