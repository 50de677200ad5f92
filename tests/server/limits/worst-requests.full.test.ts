import { afterAll, describe, expect, it } from 'vitest';
import { limits } from '../../../src/graphql/limits.ts';
import { leastCpuTime } from './cpu-time.ts';
import { createOfflineServer } from './offline-server.ts';
import { worstRequests } from './worst-requests.ts';

/** The promise is 50 ms on a quiet machine; the margin is for one that compiles and collects garbage meanwhile. */
const BUDGET = 150;

const server = createOfflineServer();
const worst = new Map<string, { readonly name: string; readonly milliseconds: number }>();

afterAll(() => {
  console.table(Object.fromEntries(worst));
});

describe('the work for a request before its cost is known', () => {
  it.each(worstRequests)(`$part: $name, within ${BUDGET} ms of CPU`, async ({ part, name, request }) => {
    let salt = 0;
    const send = async () => {
      salt += 1;
      const response = await server.fetch(request(salt));
      const text = await response.text();
      expect(text.length).toBeLessThan((limits.messageLength + 200) * (limits.errors + 10));
      const { errors = [] } = JSON.parse(text);
      expect(errors.length).toBeLessThanOrEqual(limits.errors);
      const codes = errors.map(({ extensions }: { extensions: { code: string } }) => extensions.code);
      expect(codes).not.toContain('INTERNAL_SERVER_ERROR');
    };
    const milliseconds = await leastCpuTime(send, BUDGET / 2);
    if (milliseconds > (worst.get(part)?.milliseconds ?? 0)) worst.set(part, { name, milliseconds });
    expect(milliseconds).toBeLessThan(BUDGET);
  });
});
