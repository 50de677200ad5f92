import type { FormattedExecutionResult } from 'graphql';

/** A GraphQL request. */
export interface Question {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

/** A request with its response and metrics. */
export interface Exchange {
  readonly question: Question;
  readonly kind: 'query' | 'mutation' | 'subscription';
  /** Headers of the request. */
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined while loading, and after a failure. */
  readonly result?: FormattedExecutionResult;
  readonly status?: number;
  /** Time from sending the request to the last byte received. */
  readonly milliseconds?: number;
  /** Size of the response, uncompressed. */
  readonly bytes?: number;
  readonly cost?: { readonly estimated: number; readonly budget: number };
  /** Number of events so far. */
  readonly events?: number;
}

/** Parses the header `Silkgraph-Cost`: `estimated=38, budget=1000000`. */
export function readCost(header: string | null): Exchange['cost'] {
  const number = (name: string) => Number(new RegExp(`\\b${name}=(\\d+)`).exec(header ?? '')?.[1]);
  const cost = { estimated: number('estimated'), budget: number('budget') };
  return Number.isNaN(cost.estimated) || Number.isNaN(cost.budget) ? undefined : cost;
}

/** The last exchange of each tab of GraphiQL. */
export function createExchanges() {
  const known = new Map<string, Exchange>();
  const listeners = new Set<() => void>();
  let tab = '';
  let hasBegun = false;

  function notify(): void {
    for (const listener of listeners) listener();
  }

  return {
    /** Sets the active tab, to which new exchanges belong. */
    setTab(id: string): void {
      tab = id;
    },
    /** Returns a function that stores an exchange and its updates for the active tab. */
    begin(): (exchange: Exchange) => void {
      const asking = tab;
      hasBegun = true;
      return (exchange) => {
        known.set(asking, exchange);
        notify();
      };
    },
    /**
     * Ends a run of the active tab. If it has begun no exchange, such as for invalid variables, the previous one is removed.
     * @returns whether it has begun one
     */
    endRun(): boolean {
      const wasSent = hasBegun;
      hasBegun = false;
      if (!wasSent && known.delete(tab)) notify();
      return wasSent;
    },
    of: (id: string): Exchange | undefined => known.get(id),
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export type Exchanges = ReturnType<typeof createExchanges>;
