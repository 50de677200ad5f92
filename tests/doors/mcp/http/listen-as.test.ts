import { expect, it } from 'vitest';
import { listenAs } from '../../../../src/doors/mcp/http/listen-as.ts';

it('a subscription that is refused before it begins has its errors as its only result', async () => {
  const errors = [{ message: 'Too many requests.', extensions: { code: 'RATE_LIMITED' } }];
  const forward = async () => Response.json({ errors }, { status: 429 });
  const listen = listenAs(new Request('http://silkgraph/mcp'), {}, { forward, graphqlPath: '/graphql' });
  const found: unknown[] = [];
  const results = await listen({ query: 'subscription { changes { __typename } }' }, new AbortController().signal);
  for await (const result of results) found.push(result);
  expect(found).toEqual([{ errors }]);
});
