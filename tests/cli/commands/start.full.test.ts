import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { program } from '../../setup/program.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

async function takenPort(): Promise<number> {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  onTestFinished(() => void other.close());
  return (other.address() as AddressInfo).port;
}

/** What a server says that ends before it needs a database, since a port is taken. */
async function refusedStart(settings: Readonly<Record<string, string>>): Promise<string> {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [...program, 'start'], { cwd: root, env: { PATH, HOME, ...settings } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part) => {
      said += String(part);
    });
  }
  const [code] = await once(child, 'close');
  expect(code).toBe(1);
  return said;
}

it('a start warns of each setting that does not exist, with what was probably meant', { timeout: 60_000 }, async () => {
  const port = String(await takenPort());
  const said = await refusedStart({ PORT: port, SILKGRAPH_READINGS: 'closed', SILKGRAPH_XYZ: '1', XYZ: '1' });
  const warnings = said.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []));
  expect(warnings.map(({ level, msg }) => [level, msg])).toEqual([
    [40, 'There is no setting SILKGRAPH_READINGS; SILKGRAPH_READING is probably meant.'],
    [40, 'There is no setting SILKGRAPH_XYZ.'],
  ]);
});

it('a start names the setting of the port of metrics that is in use', { timeout: 60_000 }, async () => {
  const port = await takenPort();
  expect(await refusedStart({ PORT: '0', SILKGRAPH_METRICS_PORT: String(port) })).toBe(
    `Port ${port} on 127.0.0.1 is in use. Stop the process that uses it, or choose another one, as in SILKGRAPH_METRICS_PORT=${port + 1}.\n`,
  );
});
