import { expect, it } from 'vitest';
import { readsOf } from '../../../src/graphql/as-of/graph-reads.ts';
import type { Context } from '../../../src/graphql/context.ts';

it('an earlier state that is not ready in time is announced for the next request', async () => {
  const never = () => new Promise(() => {});
  const context = {
    past: { name: { revision: 1 } },
    options: { timeout: 0 },
    logged: { read: never },
    states: () => ({ at: never }),
  } as unknown as Context;
  await expect(readsOf(context)).rejects.toMatchObject({
    message: 'This earlier state of the graph is still being prepared. Ask again in a moment.',
    extensions: { code: 'TIMEOUT' },
  });
});
