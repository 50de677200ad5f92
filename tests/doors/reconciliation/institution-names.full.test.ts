import { beforeAll, describe, expect, it } from 'vitest';
import type { Candidate } from '../../../src/doors/reconciliation/candidates.ts';
import { silkgraph } from '../../setup/silkgraph.ts';
import { institutionNames } from './institution-names.ts';

const server = silkgraph({ operationTimeout: 25_000 });

async function reconcile(queries: Record<string, unknown>): Promise<Record<string, { result: Candidate[] }>> {
  const body = new URLSearchParams({ queries: JSON.stringify(queries) });
  const response = await server.fetch(new Request('http://silkgraph/reconcile', { method: 'POST', body }));
  return response.json() as Promise<Record<string, { result: Candidate[] }>>;
}

// The database plans a search once, which may take as long as a request may.
beforeAll(() => server.ask('{ search(query: "first", first: 1) { nodes { slug } } }'));

describe('a column of 50 institution names', () => {
  it('is matched: none wrongly, and all but a few of those that are in the graph', async () => {
    const found = new Map<string, Candidate | undefined>();
    for (let from = 0; from < institutionNames.length; from += 25) {
      const some = institutionNames.slice(from, from + 25);
      const queries = some.map(([query], index) => [`q${index}`, { query, type: 'INSTITUTION', limit: 3 }]);
      const answer = await reconcile(Object.fromEntries(queries));
      for (const [index, [name]] of some.entries()) found.set(name, answer[`q${index}`]?.result[0]);
    }
    const outcomes = institutionNames.map(([name, slug]) => {
      const candidate = found.get(name);
      if (candidate?.match) return candidate.id === slug ? 'right' : `wrong: ${name} is not ${candidate.id}`;
      return slug === null ? 'open, rightly' : candidate?.id === slug ? 'open, proposed first' : `open: ${name}`;
    });
    const count = (outcome: string) => outcomes.filter((each) => each === outcome).length;
    expect(outcomes.filter((outcome) => outcome.startsWith('wrong'))).toEqual([]);
    expect(outcomes.filter((outcome) => outcome.startsWith('open: '))).toEqual([]);
    // The page on spreadsheets reports these numbers.
    expect([count('right'), count('open, proposed first'), count('open, rightly')]).toEqual([41, 3, 6]);
  });
});
