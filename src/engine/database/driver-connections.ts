import type { Driver } from 'neo4j-driver';

interface Pool {
  readonly _pools?: Readonly<Record<string, { readonly length?: number }>>;
  readonly _activeResourceCounts?: Readonly<Record<string, number>>;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/**
 * Number of connections of a driver, to all servers together. The driver does not publish it, so it is read from its
 * internals; `undefined` if it is not found there, or before the first connection.
 */
export function connectionsOf(driver: Driver): { readonly inUse: number; readonly idle: number } | undefined {
  const { _connectionProvider: provider } = driver as unknown as {
    readonly _connectionProvider?: { readonly _connectionPool?: Pool } | null;
  };
  const { _pools: pools, _activeResourceCounts: active } = provider?._connectionPool ?? {};
  if (!pools || !active) return undefined;
  return {
    inUse: sum(Object.values(active)),
    idle: sum(Object.values(pools).map(({ length = 0 }) => length)),
  };
}
