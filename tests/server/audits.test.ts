import { type AuditResult, serverAudits } from 'graphql-http';
import { expect, it } from 'vitest';
import { createTinyServer } from './tiny-server.ts';

it('follows GraphQL over HTTP: every audit of graphql-http passes, without a warning', async () => {
  const { server } = createTinyServer();
  const audits: AuditResult[] = [];
  // One after the other: on a busy machine, a server refuses some of sixty requests at once.
  for (const { fn } of serverAudits({
    url: 'http://silkgraph/graphql',
    fetchFn: (input: string, init: RequestInit) => server.fetch(new Request(input, init)),
  }))
    audits.push(await fn());
  const failed = audits.filter(({ status }) => status !== 'ok');
  expect(failed.map((audit) => ('reason' in audit ? `${audit.id} ${audit.name}: ${audit.reason}` : audit.id))).toEqual(
    [],
  );
  expect(audits).toHaveLength(61);
});
