import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Address } from '../../src/engine/database/address.ts';

/** What a server is told when it starts. */
export interface Setting {
  readonly address: Address;
  /** Of Silkgraph: whether whole selections are planned. */
  readonly planning: boolean;
  /** Of Silkgraph: size of its answer cache in bytes; absent: it stores no answers. */
  readonly cache?: number;
  /** For the ceiling: Silkgraph's schema. */
  readonly schemaText: string;
}

/** What a server has used since it started. */
export interface Usage {
  readonly cpuMilliseconds: number;
  readonly statements: number;
}

/** What this process is told first of all. */
export async function receiveSetting(): Promise<Setting> {
  const [setting] = await once(process, 'message');
  return setting;
}

export const listen = (listener: RequestListener): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer(listener);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

/** Tells the parent the port, answers what was used, and ends with the parent. */
export function runAsServer(port: number, statements: () => number): void {
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    const usage: Usage = { cpuMilliseconds: (user + system) / 1000, statements: statements() };
    process.send?.(usage);
  });
  process.on('disconnect', () => process.exit());
  process.send?.({ port });
}
