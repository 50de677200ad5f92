import { beforeAll, describe, expect, it } from 'vitest';
import type { Candidate } from '../../../src/doors/reconciliation/candidates.ts';
import { seeds } from '../../setup/seeds.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const server = silkgraph({ operationTimeout: 25_000 });

async function candidates(names: readonly string[]): Promise<readonly (Candidate | undefined)[]> {
  const queries = Object.fromEntries(names.map((query, index) => [`q${index}`, { query, type: 'COUNTRY' }]));
  const body = new URLSearchParams({ queries: JSON.stringify(queries) });
  const response = await server.fetch(new Request('http://silkgraph/reconcile', { method: 'POST', body }));
  const answer = (await response.json()) as Record<string, { result: Candidate[] }>;
  return names.map((_, index) => answer[`q${index}`]?.result[0]);
}

// The database plans a search once, which may take as long as a request may.
beforeAll(() => server.ask('{ search(query: "first", first: 1) { nodes { slug } } }'));

/** Names that a list of countries would not have. */
const unusual = new Set(['Myanmar (Burma)', '巴勒斯坦领土']);

describe.each(['en', 'zh'])('a column of country names as browsers write them (%s)', (language) => {
  it('is matched as a whole', async () => {
    const written = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
    const countries = seeds.entities.Country.flatMap(({ id }) => {
      const name = written.of(id.toUpperCase());
      return name === undefined || unusual.has(name) ? [] : [{ id, name }];
    });
    expect(countries.length).toBeGreaterThan(190);
    const open: string[] = [];
    for (let from = 0; from < countries.length; from += 25) {
      const some = countries.slice(from, from + 25);
      const found = await candidates(some.map(({ name }) => name));
      open.push(
        ...some.flatMap(({ id, name }, index) => (found[index]?.match && found[index].id === id ? [] : [name])),
      );
    }
    expect(open).toEqual([]);
  });
});
