import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export interface StaticFiles {
  readonly origin: string;
  close(): void;
}

/** Serves texts by their path, as a host of static files does: an app that knows nothing of its server. */
export async function serveFiles(read: (path: string) => Promise<string | Uint8Array>): Promise<StaticFiles> {
  const server = createServer(async ({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://files');
    const path = pathname === '/' ? '/index.html' : pathname;
    try {
      const content = await read(path);
      response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The same for the files of a folder. */
export const serveFolder = (folder: string): Promise<StaticFiles> => serveFiles((path) => readFile(join(folder, path)));
