import { describe, expect, it } from 'vitest';
import { createMetrics, statementGroup } from '../../../src/server/observability/metrics.ts';
import { createServer } from '../../../src/service/server.ts';
import { statementServer } from '../statement-server.ts';
import { createTinyServer, tinySchema } from '../tiny-server.ts';

const readers = { reader: { name: 'prometheus', role: 'reader' } } as const;
const server = statementServer({ metricsAccess: 'closed' }, readers);

const metricsOf = (headers: Record<string, string> = {}) =>
  server.fetch(new Request('http://silkgraph/metrics', { headers }));

/** The lines of one metric, without their values. */
const linesOf = (text: string, name: string) =>
  text
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
    .sort();

describe('/metrics', () => {
  it('counts operations by name, type and code, and statements by name and outcome', async () => {
    const { metrics, ask } = server;
    metrics.knowOperations(new Set(['Twice']));
    await ask(
      'query Twice { run(text: "RETURN 1", name: "one") again: run(text: "UNWIND [1, 2] AS x RETURN x", name: "two") }',
    );
    await ask('query Twice { run(text: "RETURN nothing", name: "wrong") }');
    const text = await metrics.text();
    expect(linesOf(text, 'silkgraph_operations_total')).toEqual([
      'silkgraph_operations_total{operation="Twice",type="query",code="INTERNAL_SERVER_ERROR"} 1',
      'silkgraph_operations_total{operation="Twice",type="query",code="OK"} 1',
    ]);
    expect(linesOf(text, 'silkgraph_operation_duration_seconds_count')).toEqual([
      'silkgraph_operation_duration_seconds_count{operation="Twice",type="query"} 2',
    ]);
    expect(linesOf(text, 'silkgraph_statement_duration_seconds_count')).toEqual([
      'silkgraph_statement_duration_seconds_count{statement="one",outcome="OK"} 1',
      'silkgraph_statement_duration_seconds_count{statement="two",outcome="OK"} 1',
      'silkgraph_statement_duration_seconds_count{statement="wrong",outcome="STATEMENT"} 1',
    ]);
    expect(linesOf(text, 'silkgraph_statement_rows_total')).toEqual([
      'silkgraph_statement_rows_total{statement="one"} 1',
      'silkgraph_statement_rows_total{statement="two"} 2',
      'silkgraph_statement_rows_total{statement="wrong"} 0',
    ]);
    expect(linesOf(text, 'silkgraph_errors_total')).toEqual(['silkgraph_errors_total{code="INTERNAL_SERVER_ERROR"} 1']);
  });

  it('counts what is refused: by a limit, by a rate, before it is read', async () => {
    const metrics = createMetrics();
    const { ask } = createTinyServer({ metrics, rateLimit: { requests: 2, seconds: 3600 } });
    await ask(`{ ${'hello '.repeat(10_000)} }`);
    await ask('{ hello }');
    await ask('{ hello }');
    const text = await metrics.text();
    expect(linesOf(text, 'silkgraph_errors_total')).toEqual([
      'silkgraph_errors_total{code="LIMIT_EXCEEDED"} 1',
      'silkgraph_errors_total{code="RATE_LIMITED"} 1',
    ]);
    expect(linesOf(text, 'silkgraph_http_responses_total')).toContain('silkgraph_http_responses_total{status="429"} 1');
    expect(linesOf(text, 'silkgraph_operations_total')).toContain(
      'silkgraph_operations_total{operation="",type="",code="RATE_LIMITED"} 1',
    );
  });

  it('tells apart the names of its own documents, and counts all others together', async () => {
    const metrics = createMetrics();
    const { ask } = createTinyServer({ metrics });
    for (let number = 0; number < 30; number += 1) await ask(`query Own${number} { hello }`);
    await ask(`query ${'N'.repeat(5_000)} { hello }`);
    await ask('query ChangesEnd { hello }');
    await ask('{ hello }');
    expect(linesOf(await metrics.text(), 'silkgraph_operations_total')).toEqual([
      'silkgraph_operations_total{operation="",type="query",code="OK"} 1',
      'silkgraph_operations_total{operation="ChangesEnd",type="query",code="OK"} 1',
      'silkgraph_operations_total{operation="other",type="query",code="OK"} 31',
    ]);
  });

  it('tells only names of trusted documents where there are some', async () => {
    const metrics = createMetrics();
    const trustedDocuments = new Map([['id', 'query Known { hello }']]);
    const { ask } = createTinyServer({ metrics, trustedDocuments });
    await ask('query Known { hello }');
    await ask('query Unknown { hello }');
    const text = await metrics.text();
    expect(text).toContain('operation="Known"');
    expect(text).not.toContain('Unknown');
  });

  it('shows a closed one to who may read, and to nobody else', async () => {
    const refused = await metricsOf();
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toContain('Bearer');
    expect(await refused.text()).not.toContain('silkgraph_');
    const shown = await metricsOf({ 'x-api-key': 'reader' });
    expect(shown.status).toBe(200);
    expect(shown.headers.get('content-type')).toContain('text/plain');
    expect(await shown.text()).toContain('# TYPE silkgraph_operations_total counter');
  });

  it('is open or absent where that is set, whoever may read the graph', async () => {
    const at = (metricsAccess: 'open' | 'off') =>
      createServer({
        schema: tinySchema,
        context: () => ({}),
        metricsAccess,
        access: { authenticator: { authenticate: async () => ({ name: 'x', role: null }) }, reading: 'closed' },
      }).fetch(new Request('http://silkgraph/metrics'));
    expect((await at('open')).status).toBe(200);
    expect((await at('off')).status).not.toBe(200);
  });

  it('tells of the process, the plans and the connections', async () => {
    const metrics = createMetrics({ process: true });
    metrics.watchPlans({ hits: 5, misses: 4 });
    metrics.watchConnections(() => ({ inUse: 3, idle: 2 }));
    const text = await metrics.text();
    expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
    expect(text).toMatch(/^nodejs_eventloop_lag_seconds /m);
    expect(text).toContain('silkgraph_plan_cache_lookups_total{result="hit"} 5');
    expect(text).toContain('silkgraph_plan_cache_lookups_total{result="miss"} 4');
    expect(text).toContain('silkgraph_database_connections{state="in_use"} 3');
    expect(text).toContain('silkgraph_database_connections{state="idle"} 2');
  });
});

describe('the name under which a statement is counted', () => {
  it.each([
    ['connection-Lab', 'connection-Lab'],
    ['Lab.PARTNERS_WITH', 'relation-Lab'],
    ['Lab.PARTNERS_WITH+Lab.HOSTED_BY', 'several'],
    ['paths-ends', 'paths-ends'],
  ])('of %s is %s', (name, group) => expect(statementGroup(name)).toBe(group));
});
