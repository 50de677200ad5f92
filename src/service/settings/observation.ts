import { type Explaining, explainings } from '../../server/observability/explaining.ts';
import { type MetricsAccess, metricsAccesses } from '../../server/observability/metrics-access.ts';
import type { SettingsReader } from './settings-reader.ts';
import { isLocal } from './values.ts';

/** What is measured and logged, and who sees it. */
export interface Observation {
  readonly metricsAccess: MetricsAccess;
  /** Port of the metrics alone, without keys. @default none */
  readonly metricsPort?: number;
  readonly explaining: Explaining;
  /** File of the audit log, or `stdout`. @default none */
  readonly audit?: string;
  /** Threshold in milliseconds above which an operation is logged with its statements. */
  readonly slow: number;
}

/** @param server where the server listens, and behind how many proxies */
export function readObservation(
  read: SettingsReader,
  { host, port, trustedProxies }: { readonly host: string; readonly port: number; readonly trustedProxies: number },
): Observation {
  const metricsAccess =
    read.oneOfIfSet(
      'SILKGRAPH_METRICS',
      'Access to /metrics; open on 127.0.0.1 without a proxy, else closed, unless set.',
      metricsAccesses,
      // A proxy on the same machine passes on requests of everybody.
    ) ?? (isLocal(host) && trustedProxies === 0 ? 'open' : 'closed');
  const metricsPort = read.whole('SILKGRAPH_METRICS_PORT', 'Port for metrics alone, without keys; 0 for none.', {
    ...{ least: 0, most: 65_535, otherwise: 0 },
  });
  if (metricsPort === port && port !== 0) {
    read.faults.push(`SILKGRAPH_METRICS_PORT and PORT are both ${port}: set one of them to another port.`);
  }
  const explaining = read.oneOf('SILKGRAPH_EXPLAIN', 'Access to explanations of operations.', explainings, 'admin');
  const audit = read.text('SILKGRAPH_AUDIT', 'Destination of the audit log: a file, stdout, or off.', {
    schema: { default: 'off' },
  });
  const slow = read.whole('SILKGRAPH_SLOW', 'Milliseconds from which an operation is logged with its statements.', {
    ...{ least: 1, most: 3_600_000, otherwise: 1000 },
  });
  return {
    ...{ metricsAccess, explaining, slow },
    ...(metricsPort === 0 ? {} : { metricsPort }),
    ...(audit === undefined || audit === 'off' ? {} : { audit }),
  };
}
