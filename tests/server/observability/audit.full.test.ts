import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Viewer } from '../../../src/engine/access/viewer.ts';
import type { AuditEntry } from '../../../src/server/observability/audit-log.ts';
import { AuditLogError, openAuditLog } from '../../../src/server/observability/audit-log.ts';
import { changedGraph, create } from '../../engine/changes/changed-graph.ts';
import { liveServers, take, transports } from '../../setup/live-server.ts';
import { createTinyServer, listeningLog } from '../tiny-server.ts';

const changed = changedGraph();
const startLive = liveServers('small data');

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const ana: Viewer = { name: 'Ana (k1)', id: 'key:k1', role: 'reader' };

const access = { authenticator: { authenticate: async () => ana }, reading: 'open' } as const;

/** An audit log in memory. */
function keptEntries() {
  const entries: AuditEntry[] = [];
  return { entries, auditLog: { write: (entry: AuditEntry) => void entries.push(entry), close: async () => {} } };
}

describe('the audit log', () => {
  it('has a line for each operation: who, from where, what, how it ended, and nothing that variables hold', async () => {
    const { entries, auditLog } = keptEntries();
    const { ask } = createTinyServer({ auditLog, access, trustedProxies: 1 });
    const query = 'query Ask($name: String) { hello(name: $name) ...More } fragment More on Query { items(first: 2) }';
    const headers = { 'x-api-key': 'k', 'x-forwarded-for': '203.0.113.7', 'x-request-id': 'mine-1' };
    await ask(query, { name: 'a secret name' }, headers);
    await ask('mutation { greet }', {}, headers);
    await ask('{ nothing }', {}, headers);
    const who = {
      event: 'operation',
      requestId: expect.any(String),
      clientRequestId: 'mine-1',
      address: '203.0.113.7',
      caller: 'Ana (k1)',
      callerId: 'key:k1',
      role: 'reader',
    };
    expect(entries).toEqual([
      {
        ...who,
        ...{ type: 'query', operation: 'Ask', documentHash: sha256(query), fields: ['hello', 'items'] },
        ...{ outcome: 'OK', rows: 0, ms: expect.any(Number) },
      },
      expect.objectContaining({ ...who, type: 'mutation', fields: ['greet'], outcome: 'FORBIDDEN' }),
      expect.objectContaining({ ...who, outcome: 'GRAPHQL_VALIDATION_FAILED' }),
    ]);
    expect(JSON.stringify(entries)).not.toContain('secret name');
  });

  it('has a line for each export, with its size, and the log has one for the whole graph', async () => {
    const { entries, auditLog } = keptEntries();
    const { log, lines } = listeningLog();
    const { origin } = await startLive(changed.graph, { auditLog, access, log });
    const headers = { 'x-api-key': 'k' };
    const whole = await (await fetch(`${origin}/export?format=jsonl`, { headers })).text();
    await (await fetch(`${origin}/export?format=jsonl&kind=LAB`, { headers })).text();
    await expect.poll(() => entries.length).toBe(2);
    const of = { event: 'export', address: '127.0.0.1', caller: 'Ana (k1)', format: 'jsonl', outcome: 'OK' };
    expect(entries).toEqual([
      expect.objectContaining({ ...of, subject: 'graph', bytes: Buffer.byteLength(whole) }),
      expect.objectContaining({ ...of, subject: 'Lab' }),
    ]);
    expect(lines.filter(({ msg }) => msg === 'The whole graph is exported.')).toEqual([
      expect.objectContaining({ level: 30, address: '127.0.0.1', caller: 'Ana (k1)', format: 'jsonl' }),
    ]);
  });

  it('has a line for a subscription when it begins, and one at its end', async () => {
    const { entries, auditLog } = keptEntries();
    const server = await startLive(changed.graph, { auditLog });
    await changed.change([create('Area', 'optics')]);
    const client = transports['graphql-ws']?.(server);
    const after = Buffer.from(JSON.stringify(['changes', 0])).toString('base64url');
    const query = 'subscription Follow($after: String) { changes(after: $after) { ... on Change { sequence } } }';
    const results = client?.iterate({ query, variables: { after } });
    if (!results) throw new Error('There is no such transport.');
    await take(results, 1);
    expect(entries).toEqual([expect.objectContaining({ event: 'subscribed', fields: ['changes'] })]);
    await results.return?.();
    await expect
      .poll(() => entries[1])
      .toMatchObject({ event: 'operation', type: 'subscription', operation: 'Follow' });
  });
});

describe('the file of the audit log', () => {
  it('has what was written once it is closed, after what it had', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'silkgraph-audit-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const place = join(folder, 'audit.log');
    for (const number of [1, 2]) {
      const auditLog = openAuditLog(place, listeningLog().log);
      auditLog.write({ event: 'operation', number });
      await auditLog.close();
    }
    const kept = readFileSync(place, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(statSync(place).mode & 0o777).toBe(0o600);
    expect(kept).toEqual([1, 2].map((number) => ({ time: expect.any(String), event: 'operation', number })));
  });

  it('is refused in words where it cannot be written', () => {
    const open = () => openAuditLog('/dev/null/audit.log', listeningLog().log);
    expect(open).toThrow(AuditLogError);
    expect(open).toThrow('SILKGRAPH_AUDIT is "/dev/null/audit.log", which is not writable');
  });

  it.skipIf(!existsSync('/dev/full'))(
    'on a disk that is full is reported once, and nothing is taken down',
    async () => {
      const { log, lines } = listeningLog();
      const auditLog = openAuditLog('/dev/full', log);
      const { ask } = createTinyServer({ auditLog });
      for (let count = 0; count < 5; count += 1) {
        expect((await ask('{ hello }')).body).toEqual({ data: { hello: 'Hello you' } });
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      await expect.poll(() => lines.length).toBe(1);
      await auditLog.close();
      expect(lines).toEqual([
        expect.objectContaining({ level: 50, msg: expect.stringContaining('cannot be written') }),
      ]);
    },
  );
});
