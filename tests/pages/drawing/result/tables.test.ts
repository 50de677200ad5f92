import { describe, expect, it } from 'vitest';
import { csvOf } from '../../../../src/pages/drawing/csv.ts';
import { tablesOf } from '../../../../src/pages/drawing/result/tables.ts';
import { snippetsOf } from '../../../../src/pages/playground/answers/snippets.ts';

const data = {
  labs: {
    totalCount: 2,
    nodes: [
      { name: 'A "lab"', country: { name: 'Kenya' }, areas: { nodes: [{ name: 'Crops' }, { name: 'Water' }] } },
      { name: '=1+1', country: null, areas: { nodes: [] } },
    ],
  },
  paths: { edges: [{ cursor: 'x', node: { name: 'N' } }] },
};

describe('a response as tables', () => {
  it('has a table for each list, a column for each property, and lists joined', () => {
    expect(tablesOf(data)).toEqual([
      {
        path: 'labs',
        columns: ['name', 'country.name', 'areas', 'country'],
        rows: [
          ['A "lab"', 'Kenya', 'Crops; Water', ''],
          ['=1+1', '', '', ''],
        ],
      },
      { path: 'paths', columns: ['cursor', 'name'], rows: [['x', 'N']] },
    ]);
    expect(tablesOf({ lab: null, count: 3 })).toEqual([]);
  });

  it('is saved so that spreadsheets read quotes and no formula', () => {
    const [labs] = tablesOf(data);
    expect(labs && csvOf(labs)).toContain('"A ""lab""",Kenya,Crops; Water,');
    expect(labs && csvOf(labs)).toContain("'=1+1");
  });
});

describe('a request as a program', () => {
  it('keeps quotes in the query, and the variables', () => {
    const question = { query: `{ lab(slug: "it's") { name } }`, variables: { isOpen: true } };
    const [curl, javascript, python] = snippetsOf(question, 'http://localhost:4000').map(({ text }) => text);
    expect(curl).toContain(`it'\\''s`);
    expect(javascript).toContain('"isOpen": true');
    expect(python).toContain(String.raw`json.loads("{\"variables\":{\"isOpen\":true}}")`);
  });

  it('takes no code from a value that ends a text of Python', () => {
    const question = { query: '{ labs { totalCount } }', variables: { name: `'''); print("taken"); ("""` } };
    const python = snippetsOf(question, 'http://localhost:4000').find(({ language }) => language === 'Python')?.text;
    const [, literal = ''] = /json\.loads\((".*")\)\}$/m.exec(python ?? '') ?? [];
    expect(JSON.parse(JSON.parse(literal)).variables).toEqual(question.variables);
  });
});
