import type { Config } from '../../config.ts';
import { times } from '../../engine/budgets/time-budget.ts';
import { type Finding, ok, warning } from './finding.ts';

/** Whether the Redis or Valkey that servers share responds. A server also works without it. */
export async function examineStore({ redis }: Pick<Config, 'redis'>): Promise<readonly Finding[]> {
  if (redis === undefined) return [];
  const { Redis } = await import('ioredis');
  const options = {
    lazyConnect: true,
    connectTimeout: times.storeConnection.ms,
    commandTimeout: times.storeConnection.ms,
    retryStrategy: () => null,
  };
  const store = new Redis(redis, options);
  let reason = '';
  store.on('error', (error: Error) => {
    reason ||= (error.message || String((error as NodeJS.ErrnoException).code)).replace(/\.$/, '');
  });
  // Without the password that the address may have.
  const { host } = new URL(redis);
  try {
    await store.connect();
    await store.ping();
    // The number of a database that the store does not have is refused, and the connection stays.
    if (reason !== '') throw new Error(reason);
    return [ok('Store', `The store at ${host} responds.`)];
  } catch (error) {
    return [
      warning(
        'Store',
        `The store at ${host} cannot be used: ${reason || (error as Error).message}.`,
        'Check SILKGRAPH_REDIS. Until it responds, each server counts rate limits separately, and its subscribers hear of changes on others up to 0.3 s later.',
      ),
    ];
  } finally {
    store.disconnect();
  }
}
