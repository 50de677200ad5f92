import type { Driver } from 'neo4j-driver';

interface Pool {
  readonly _pools?: Readonly<Record<string, { readonly length?: number }>>;
  readonly _activeResourceCounts?: Readonly<Record<string, number>>;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/**
 * How many connections a driver has, to all servers together. The driver keeps this to itself, so it is looked for where
 * it is at present; nothing where it is no longer there, or before the first connection.
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
