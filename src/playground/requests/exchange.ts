import type { FormattedExecutionResult } from 'graphql';

/** What was asked. */
export interface Question {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

/** A question with its answer, and what that took. */
export interface Exchange {
  readonly question: Question;
  readonly kind: 'query' | 'mutation' | 'subscription';
  /** What it was asked with. */
  readonly headers: Readonly<Record<string, string>>;
  /** Absent until there is one, and where there was none. */
  readonly result?: FormattedExecutionResult;
  readonly status?: number;
  /** From the first byte sent to the last one received. */
  readonly milliseconds?: number;
  /** Of the answer, unpacked. */
  readonly bytes?: number;
  readonly cost?: { readonly estimated: number; readonly budget: number };
  /** How many events came so far. */
  readonly events?: number;
}

/** What the header `Silkgraph-Cost` says: `estimated=38, budget=1000000`. */
export function readCost(header: string | null): Exchange['cost'] {
  const number = (name: string) => Number(new RegExp(`\\b${name}=(\\d+)`).exec(header ?? '')?.[1]);
  const cost = { estimated: number('estimated'), budget: number('budget') };
  return Number.isNaN(cost.estimated) || Number.isNaN(cost.budget) ? undefined : cost;
}

/** The last exchange of each of GraphiQL's tabs. */
export function createExchanges() {
  const known = new Map<string, Exchange>();
  const listeners = new Set<() => void>();
  let tab = '';
  return {
    /** Tells which tab is in front: what is asked from now on is asked there. */
    setTab(id: string): void {
      tab = id;
    },
    /** Gives a way to keep an exchange, and what becomes of it, with the tab that is in front now. */
    begin(): (exchange: Exchange) => void {
      const asking = tab;
      return (exchange) => {
        known.set(asking, exchange);
        for (const listener of listeners) listener();
      };
    },
    of: (id: string): Exchange | undefined => known.get(id),
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export type Exchanges = ReturnType<typeof createExchanges>;
