import { expect, it } from 'vitest';
import { readObservation } from '../../../src/service/settings/observation.ts';
import { createSettingsReader } from '../../../src/service/settings/settings-reader.ts';

function faultsOf(metricsPort: string, port: number): readonly string[] {
  const read = createSettingsReader({ SILKGRAPH_METRICS_PORT: metricsPort });
  readObservation(read, { host: '127.0.0.1', port, trustedProxies: 0 });
  return read.faults;
}

it('refuses one port for the server and its metrics', () => {
  expect(faultsOf('4000', 4000)).toEqual([
    'SILKGRAPH_METRICS_PORT and PORT are both 4000: set one of them to another port.',
  ]);
  expect(faultsOf('4001', 4000)).toEqual([]);
  // Neither is that one port: any free one, and none.
  expect(faultsOf('0', 0)).toEqual([]);
});

it('opens metrics to everybody only where nobody but this machine can ask', () => {
  const accessAt = (host: string, trustedProxies: number) =>
    readObservation(createSettingsReader({}), { host, port: 4000, trustedProxies }).metricsAccess;
  expect(accessAt('127.0.0.1', 0)).toBe('open');
  expect(accessAt('0.0.0.0', 0)).toBe('closed');
  // The proxy asks from the same machine, for everybody.
  expect(accessAt('127.0.0.1', 1)).toBe('closed');
});
