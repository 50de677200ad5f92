import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import type { Address } from '../../src/engine/database/address.ts';
import { addressAt } from './address-at.ts';

/** Bolt 5.4, which is what is spoken once both have said what they can. */
const version = Buffer.from([0, 0, 4, 5]);

/**
 * Runs something beside a server that behaves like a Neo4j that is killed while connections to it are being opened: it
 * agrees on a version of Bolt, and is gone when it is told who connects.
 */
export async function besideBreakingNeo4j(work: (address: Address) => Promise<void>): Promise<void> {
  const server = createServer((socket) => {
    socket.once('data', () => {
      socket.write(version);
      socket.once('data', () => socket.resetAndDestroy());
    });
    socket.on('error', () => {});
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    await work(addressAt(`bolt://127.0.0.1:${port}`));
  } finally {
    server.close();
  }
}
