import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { parser } from '@prometheus-io/lezer-promql';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { faultsOf } from '../../src/cli/commands/config.ts';
import { createMetrics } from '../../src/server/observability/metrics.ts';

const file = (name: string) => fileURLToPath(new URL(`../../deploy/${name}`, import.meta.url));
const read = (name: string) => readFileSync(file(name), 'utf8');

const metrics = createMetrics({ process: true });
metrics.watchQueue(() => ({ open: 1, atWork: 0, waiting: 0 }));
metrics.watchPlans({ hits: 0, misses: 0 });
metrics.watchAnswers({ hits: 0, misses: 0, bypasses: 0, bytes: 0, answers: 0, evictions: 0 });
metrics.watchConnections(() => undefined);
metrics.watchImport(() => false);
const known = new Set(
  [...(await metrics.text()).matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = '', type]) =>
    type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
  ),
);

/** Labels of these metrics, and those that Prometheus adds. */
const labels = new Set([
  'instance',
  'job',
  'le',
  'code',
  'type',
  'operation',
  'statement',
  'outcome',
  'state',
  'result',
]);

/** What is wrong with a query: its syntax, or a metric or label that there is not. */
function faultsOfQuery(query: string): readonly string[] {
  const faults: string[] = [];
  parser.parse(query.replaceAll('$instance', 'x')).iterate({
    enter({ type, from, to }) {
      const text = query.replaceAll('$instance', 'x').slice(from, to);
      if (type.isError) faults.push(`a fault of syntax at ${from}`);
      if (type.name === 'VectorSelector') {
        const [name = ''] = /^[\w:]*/.exec(text) ?? [];
        if (name !== 'up' && !known.has(name)) faults.push(`no metric ${name}`);
      }
      if (type.name === 'LabelName' && !labels.has(text)) faults.push(`no label ${text}`);
    },
  });
  return faults;
}

describe('the linter of queries', () => {
  it('finds what is wrong', () => {
    expect(faultsOfQuery('sum(rate(silkgraph_errors_total{code="X"}[5m])) by (instance)')).toEqual([]);
    expect(faultsOfQuery('sum(rate(silkgraph_error_total[5m]))')).toEqual(['no metric silkgraph_error_total']);
    expect(faultsOfQuery('silkgraph_errors_total{cause="X"}')).toEqual(['no label cause']);
    expect(faultsOfQuery('sum(rate(silkgraph_errors_total[5m])')).toEqual([expect.stringContaining('syntax')]);
  });
});

describe('deploy/prometheus-alerts.yml', () => {
  interface Alert {
    readonly alert: string;
    readonly expr: string;
    readonly for: string;
    readonly labels: { readonly severity: string };
    readonly annotations: { readonly summary: string; readonly action: string };
  }
  const { groups } = parse(read('prometheus-alerts.yml')) as { groups: { rules: Alert[] }[] };
  const rules = groups.flatMap((group) => group.rules);

  it.each(rules.map((rule) => [rule.alert, rule] as const))(
    '%s is about metrics that there are, and says what to do',
    (name, rule) => {
      expect(name).toMatch(/^Silkgraph[A-Z]\w+$/);
      expect(faultsOfQuery(rule.expr)).toEqual([]);
      expect(rule.for).toMatch(/^\d+m$/);
      expect(['critical', 'warning']).toContain(rule.labels.severity);
      for (const text of [rule.annotations.summary, rule.annotations.action]) expect(text).toMatch(/^.+\.$/s);
    },
  );

  it('is all that Prometheus knows of a rule, once', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    for (const rule of rules)
      expect(Object.keys(rule).sort()).toEqual(['alert', 'annotations', 'expr', 'for', 'labels']);
  });
});

describe('deploy/grafana-dashboard.json', () => {
  interface Panel {
    readonly id: number;
    readonly title: string;
    readonly type: string;
    readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
    readonly targets: readonly { readonly expr: string }[];
  }
  const { panels } = JSON.parse(read('grafana-dashboard.json')) as { panels: readonly Panel[] };

  it.each(panels.map((panel) => [panel.title, panel] as const))(
    '%s shows metrics that there are',
    (_, { targets, type }) => {
      expect(['stat', 'timeseries']).toContain(type);
      expect(targets.length).toBeGreaterThan(0);
      for (const { expr } of targets) expect(faultsOfQuery(expr), expr).toEqual([]);
    },
  );

  it('has no two panels in one place', () => {
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, at) => `${x + (at % w)} ${y + Math.floor(at / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(Math.max(...panels.map(({ gridPos: { x, w } }) => x + w))).toBe(24);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });
});

describe('deploy/kubernetes.yml', () => {
  interface Resource {
    readonly apiVersion: string;
    readonly kind: string;
    readonly [field: string]: unknown;
  }
  const resources = parseAllDocuments(read('kubernetes.yml')).map((document) => document.toJS() as Resource);

  it.each(resources.map((resource) => [resource.kind, resource] as const))('has a valid %s', async (kind, resource) => {
    const { [kind]: Model } = (await import(`kubernetes-models/${resource.apiVersion}/${kind}`)) as Record<
      string,
      new (
        data: object,
      ) => { validate(): void }
    >;
    if (!Model) throw new Error(`There is no ${kind} in ${resource.apiVersion}.`);
    expect(() => new Model(resource).validate()).not.toThrow();
    expect(() => new Model({ ...resource, metadata: { name: 1 } }).validate()).toThrow();
  });

  it('has settings that the server takes', () => {
    const { data } = resources.find(({ kind }) => kind === 'ConfigMap') as unknown as { data: Record<string, string> };
    expect(faultsOf({ ...data, NEO4J_PASSWORD: 'x' })).toEqual([]);
  });

  it('selects one set of pods everywhere', () => {
    const found = [...read('kubernetes.yml').matchAll(/app\.kubernetes\.io\/name: (\w+)/g)].map(([, name]) => name);
    expect(new Set(found)).toEqual(new Set(['silkgraph']));
  });
});

describe('deploy/silkgraph.service', () => {
  it('stops the server alone, which ends its Neo4j after its requests', () => {
    expect(read('silkgraph.service')).toMatch(/^KillMode=mixed$/m);
  });

  it('is a unit that systemd takes', ({ skip }) => {
    if (spawnSync('systemd-analyze', ['--version']).error) skip('there is no systemd-analyze on this machine');
    expect(execFileSync('systemd-analyze', ['verify', file('silkgraph.service')], { stdio: 'pipe' }).toString()).toBe(
      '',
    );
  });

  it('has settings that the server takes', () => {
    const given = [...read('silkgraph.service').matchAll(/^Environment=(.+)$/gm)].map(([, line = '']) =>
      line.replaceAll(' ', '\n'),
    );
    expect(faultsOf(parseEnv(given.join('\n')) as Record<string, string>)).toEqual([]);
  });
});
