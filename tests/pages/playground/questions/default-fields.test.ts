import { readFileSync } from 'node:fs';
import { fillLeafs } from '@graphiql/toolkit';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { defaultFields } from '../../../../src/pages/playground/questions/default-fields.ts';

const schema = buildSchema(readFileSync(new URL('../../../../schema.graphql', import.meta.url), 'utf8'));

const filled = (query: string) => String(fillLeafs(schema, query, defaultFields)?.result).replace(/\s+/g, ' ');

describe('a query that selects nothing of what it asks for', () => {
  it('gets names and slugs rather than opaque IDs', () => {
    expect(filled('{ labs }')).toBe('{ labs { totalCount nodes { slug name } } }');
    expect(filled('{ lab(slug: "x") { areas } }')).toBe(
      '{ lab(slug: "x") { areas { totalCount nodes { slug name } } } }',
    );
    expect(filled('{ labs { edges } }')).toBe('{ labs { edges { node { slug name } } } }');
  });

  it('is valid for every list, since nothing that needs an argument is selected', () => {
    const lists = Object.keys(schema.getQueryType()?.getFields() ?? {}).filter((name) =>
      /Connection$/.test(String(schema.getQueryType()?.getFields()[name]?.type)),
    );
    expect(lists.length).toBeGreaterThan(10);
    for (const name of lists.filter((each) => !['search', 'match', 'diff', 'pathsBetween'].includes(each))) {
      expect(validate(schema, parse(filled(`{ ${name} }`))), name).toEqual([]);
    }
  });
});
