import { describe, expect, it } from 'vitest';
import { createExchanges, type Exchange, readCost } from '../../../../src/pages/playground/requests/exchange.ts';

const exchange = (query: string): Exchange => ({ question: { query }, kind: 'query', headers: {} });

describe('exchanges', () => {
  it('stay with the tab that they were begun in, whichever is in front when the answer comes', () => {
    const exchanges = createExchanges();
    exchanges.setTab('one');
    const keep = exchanges.begin();
    exchanges.setTab('two');
    keep(exchange('{ a }'));
    expect(exchanges.of('one')?.question.query).toBe('{ a }');
    expect(exchanges.of('two')).toBeUndefined();
  });

  it('are removed by a run of their tab that sends nothing, and by no other', () => {
    const exchanges = createExchanges();
    exchanges.setTab('one');
    exchanges.begin()(exchange('{ first }'));
    exchanges.endRun();
    exchanges.setTab('two');
    exchanges.begin()(exchange('{ a }'));
    expect(exchanges.endRun()).toBe(true);
    expect(exchanges.of('two')?.question.query).toBe('{ a }');
    expect(exchanges.endRun()).toBe(false);
    expect([exchanges.of('one')?.question.query, exchanges.of('two')]).toEqual(['{ first }', undefined]);
  });

  it('are told to who listens, until they leave', () => {
    const exchanges = createExchanges();
    let told = 0;
    const leave = exchanges.subscribe(() => {
      told += 1;
    });
    exchanges.begin()(exchange('{ a }'));
    leave();
    exchanges.begin()(exchange('{ b }'));
    expect(told).toBe(1);
  });
});

describe('the header Silkgraph-Cost', () => {
  it('tells what was expected and what is allowed', () => {
    expect(readCost('estimated=38, budget=1000000')).toEqual({ estimated: 38, budget: 1_000_000 });
  });

  it.each([null, '', 'estimated=38', 'budget=x'])('tells nothing where it is %j', (header) => {
    expect(readCost(header)).toBeUndefined();
  });
});
