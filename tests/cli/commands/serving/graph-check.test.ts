import { describe, expect, it, onTestFinished } from 'vitest';
import { createGraphCheck } from '../../../../src/cli/commands/serving/graph-check.ts';
import { advanceMarker, removeMarker, takeMarker } from '../../../../src/doors/data/import-marker.ts';
import { GraphError } from '../../../../src/engine/graph/errors.ts';
import { createMetrics } from '../../../../src/server/observability/metrics.ts';
import { ownGraph } from '../../../doors/data/own-graph.ts';
import { createTinyServer, listeningLog } from '../../../server/tiny-server.ts';

const own = ownGraph();

const marker = { seeded: false, files: ['labs.json'], digest: 'abc', written: 0, total: 12 };
const owner = 'somebody';

const begin = (intoEmptyGraph: boolean) =>
  own.graph.write((run) => takeMarker(run, marker, owner, { intoEmptyGraph, replacePending: false }));

const advance = (written: number) =>
  own.graph.write((run) => advanceMarker(run, { step: `step ${written}`, written, created: 1, updated: 0 }));

/** As if nothing had happened since. */
const wait = (seconds: number) =>
  own.ask(`MATCH (marker:\`_Import\`) SET marker.movedAt = datetime.realtime() - duration({seconds: $seconds})`, {
    seconds,
  });

/** A server over the graph, and what a balancer and a person see of it. */
function serve() {
  const { log, lines } = listeningLog();
  const check = createGraphCheck(own.graph, log);
  const metrics = createMetrics();
  metrics.watchImport(() => check.isImportPending);
  return {
    lines,
    metrics,
    keepChecking: check.keepChecking,
    /** Asks a server that has not been asked within the last second. */
    async ready() {
      const readiness = { waitingFor: () => undefined, check: check.check, stalledImport: check.stalledImport };
      const response = await createTinyServer({ readiness }).request('/ready');
      return { status: response.status, body: await response.json() };
    },
  };
}

describe('readiness', () => {
  it('is denied while an import is under way', async () => {
    const { ready } = serve();
    await begin(false);
    expect(await ready()).toEqual({
      status: 503,
      body: { ready: false, reason: 'An import is incomplete: 0 of 12 records written.' },
    });
    await wait(50);
    expect((await ready()).status).toBe(503);
  });

  it('is given back where an import of a complete graph stands still, which is said there, in the log and in a gauge', async () => {
    const { ready, lines, metrics } = serve();
    await begin(false);
    await advance(5);
    await wait(70);
    const stalled = { status: 200, body: { ready: true, pendingImport: { written: 5, total: 12, stalled: true } } };
    expect(await ready()).toEqual(stalled);
    expect(await ready()).toEqual(stalled);
    expect(lines).toEqual([expect.objectContaining({ level: 40, written: 5, total: 12, files: ['labs.json'] })]);
    expect(await metrics.text()).toMatch(/^silkgraph_import_pending 1$/m);
    // It goes on, and is complete.
    await advance(9);
    expect((await ready()).status).toBe(503);
    await own.graph.write((run) => removeMarker(run, owner));
    expect(await ready()).toEqual({ status: 200, body: { ready: true } });
    expect(await metrics.text()).toMatch(/^silkgraph_import_pending 0$/m);
  });

  it('is denied until the first import into an empty graph is complete, also where that stands still and is taken up again', async () => {
    const { ready } = serve();
    await begin(true);
    await wait(3_600);
    expect((await ready()).status).toBe(503);
    // Whoever takes it up finds a graph that is not empty.
    await begin(false);
    await wait(3_600);
    expect((await ready()).status).toBe(503);
  });

  it('takes an import of the seeds by an older version, which noted neither, for the first one', async () => {
    const { ready } = serve();
    await begin(false);
    await own.ask(
      'MATCH (marker:`_Import`) SET marker.seeded = true, marker.started = datetime() - duration({hours: 1}) REMOVE marker.intoEmptyGraph, marker.movedAt',
    );
    expect((await ready()).status).toBe(503);
    await own.ask('MATCH (marker:`_Import`) SET marker.seeded = false');
    expect((await ready()).status).toBe(200);
  });

  it('is not requested for the gauge and the log to tell of a stalled import', async () => {
    const { lines, metrics, keepChecking } = serve();
    await begin(false);
    await wait(70);
    const stop = keepChecking(10);
    onTestFinished(stop);
    await expect.poll(() => metrics.text()).toMatch(/^silkgraph_import_pending 1$/m);
    expect(lines).toEqual([expect.objectContaining({ level: 40, written: 0, total: 12 })]);
    await own.graph.write((run) => removeMarker(run, owner));
    await expect.poll(() => metrics.text()).toMatch(/^silkgraph_import_pending 0$/m);
  });

  it('is denied where the database does not answer', async () => {
    const { log } = listeningLog();
    const read = () => Promise.reject(new GraphError('UNAVAILABLE', 'gone'));
    const { check } = createGraphCheck({ ...own.graph, read }, log);
    expect(await check()).toBe('The database does not respond.');
  });
});
