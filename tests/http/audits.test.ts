import { auditServer } from 'graphql-http';
import { expect, it } from 'vitest';
import { createTinyServer } from './tiny-server.ts';

it('follows GraphQL over HTTP: every audit of graphql-http passes, without a warning', async () => {
  const { server } = createTinyServer();
  const audits = await auditServer({
    url: 'http://silkgraph/graphql',
    fetchFn: (input: string, init: RequestInit) => server.fetch(new Request(input, init)),
  });
  const failed = audits.filter(({ status }) => status !== 'ok');
  expect(failed.map((audit) => ('reason' in audit ? `${audit.id} ${audit.name}: ${audit.reason}` : audit.id))).toEqual(
    [],
  );
  expect(audits).toHaveLength(61);
});
