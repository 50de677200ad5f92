import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { guardedPost } from '../../../src/history/watching/guarded-post.ts';

/** @returns the address of a receiver that answers everything with one status */
async function receiver(status: number, headers: Readonly<Record<string, string>>): Promise<string> {
  const server = createServer((_, response) => void response.writeHead(status, headers).end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
}

const post = (url: string) => guardedPost(url, '{}', { headers: {}, allowPrivate: true, timeout: 10_000 });

describe('a post', () => {
  it('ends where the receiver changes the protocol in place of an answer', async () => {
    const url = await receiver(101, { connection: 'Upgrade', upgrade: 'other' });
    await expect(post(url)).rejects.toThrow('The connection ended without an answer.');
  });

  it('follows no redirect, wherever it leads', async () => {
    const url = await receiver(301, { location: 'http://127.0.0.1:1/' });
    await expect(post(url)).rejects.toThrow('redirects are not followed');
  });
});
