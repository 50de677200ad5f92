import { setImmediate as turn } from 'node:timers/promises';
import { parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { aliasOf, listedProperties } from '../../../src/doors/reconciliation/properties.ts';
import { reconcile } from '../../../src/doors/reconciliation/reconcile.ts';
import { readQueries } from '../../../src/doors/reconciliation/reconciliation-query.ts';
import type { Ask } from '../../../src/graphql/internal-client/ask.ts';
import { limits } from '../../../src/graphql/limits.ts';
import { schema } from '../../setup/served.ts';

/** A graph of which each list has the same entities. */
function graphOf(nodes: readonly Record<string, unknown>[]) {
  const asked: string[] = [];
  const ask: Ask = async ({ query }) => {
    asked.push(query);
    return { data: Object.fromEntries([...query.matchAll(/\bl\d+(?=:)/g)].map(([field]) => [field, { nodes }])) };
  };
  return { ask, asked };
}

const ask = (graph: ReturnType<typeof graphOf>, queries: Record<string, unknown>) =>
  reconcile({ ontology: cooperation }, graph.ask, readQueries(JSON.stringify(queries)));

const entityOf = (kind: string, values: Record<string, unknown> = {}, slug = 'x') => ({
  ...{ __typename: kind, slug, name: slug, identifiers: values.identifiers },
  ...Object.fromEntries(Object.entries(values).map(([name, value]) => [aliasOf(cooperation, kind, name), value])),
});

describe('the work for a batch', () => {
  it('is that of one type, however often a query names it', async () => {
    const graph = graphOf([]);
    const properties = [{ pid: 'name', v: 'Kenya' }];
    await ask(graph, { q: { type: Array.from({ length: 1_000 }, () => 'COUNTRY'), properties } });
    expect(graph.asked).toHaveLength(2);
  });

  it('is divided into operations within the limits, however many properties its queries name together', async () => {
    const graph = graphOf([]);
    const ids = listedProperties(cooperation, cooperation.kindNames).map(({ id }) => id);
    const queries = Array.from({ length: Math.floor(ids.length / 10) }, (_, n) => ({
      properties: ids.slice(n * 10, n * 10 + 10).map((pid) => ({ pid, v: 'x' })),
    }));
    await ask(graph, Object.fromEntries(queries.map((query, n) => [n, query])));
    for (const query of graph.asked) {
      expect(validate(schema, parse(query))).toEqual([]);
      expect(query.match(/\w+:(?= \w)/g)?.length).toBeLessThan(limits.aliases);
    }
  });

  it('is one operation for queries with the same properties, though some have blank cells', async () => {
    const graph = graphOf([]);
    const query = (country: string, city: string) => ({
      ...{ query: 'University', type: ['INSTITUTION', 'LAB'] },
      properties: [
        { pid: 'country', v: country },
        { pid: 'city', v: city },
      ],
    });
    await ask(graph, { a: query('Kenya', ''), b: query('', 'Nairobi'), c: query('Kenya', 'Nairobi') });
    expect(graph.asked).toHaveLength(1);
  });

  it('leaves turns to others between the candidates', async () => {
    const graph = graphOf(Array.from({ length: 10 }, (_, n) => entityOf('Country', {}, `c${n}`)));
    let turns = 0;
    let isDone = false;
    const others = (async () => {
      for (; !isDone; turns += 1) await turn();
    })();
    await ask(graph, { a: { query: 'c' }, b: { query: 'c' } });
    isDone = true;
    await others;
    expect(turns).toBeGreaterThanOrEqual(20);
  });

  it('has a limit on values, which all queries share', () => {
    const properties = Array.from({ length: 10 }, () => ({ pid: 'name', v: ['a', 'b'] }));
    const queries = (number: number) =>
      JSON.stringify(Object.fromEntries(Array.from({ length: number }, (_, n) => [n, { properties }])));
    expect(readQueries(queries(50)).size).toBe(50);
    expect(() => readQueries(queries(51))).toThrow('at most 1000 values; got 1020');
  });
});

describe('a value', () => {
  const identifiers = [
    { scheme: 'WIKIDATA', value: 'Q123', match: 'EXACT', url: 'https://www.wikidata.org/wiki/Q123' },
  ];

  it.each([
    ['Country', 'incomeGroup', 'LOWER_MIDDLE_INCOME', 'upper middle income', 0],
    ['Country', 'incomeGroup', 'LOWER_MIDDLE_INCOME', 'Lower middle income', 100],
    ['Country', 'briMouDate', '2019-05-12', '2018-05-12', 0],
    ['Country', 'briMouDate', '2019-05-12', '2019-05', 100],
    ['Country', 'briMouYear', 2019, '2019.0', 100],
    ['Institution', 'website', 'https://www.uonbi.ac.ke/', 'http://uonbi.ac.ke', 100],
    ['Institution', 'website', 'https://www.uonbi.ac.ke/', 'https://www.uonbi.ac.kr/', 0],
    ['Institution', 'identifiers', identifiers, 'Q123', 100],
    ['Institution', 'identifiers', identifiers, 'https://www.wikidata.org/wiki/Q124', 0],
    ['Institution', 'country', { slug: 'ke', name: 'Kenya' }, 'KE', 100],
    ['Institution', 'country', { slug: 'ke', name: 'Kenya' }, 'Kenia', 80],
  ])('of %s.%s is compared as its type is: %j with %j', async (kind, id, value, v, fit) => {
    const { q } = await ask(graphOf([entityOf(kind, { [id]: value })]), {
      q: { query: 'x', properties: [{ pid: id, v }] },
    });
    expect(q?.result[0]?.features).toContainEqual({ id, value: fit });
  });
});
