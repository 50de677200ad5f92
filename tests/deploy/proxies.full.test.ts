import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'graphql-ws';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { AccessRefused } from '../../src/engine/access/access-refused.ts';
import type { Credentials } from '../../src/engine/access/authenticator.ts';
import { anonymous } from '../../src/engine/access/viewer.ts';
import { key, selfSigned } from '../engine/database/certificates.ts';
import { afterwards, startPaced } from '../server/connections/paced-server.ts';
import { listeningLog } from '../server/tiny-server.ts';
import { freePort } from '../setup/free-port.ts';

const HOST = 'data.example.org';

interface Proxy {
  readonly program: string;
  readonly file: string;
  /** The configuration for a place without rights, and the arguments that have the program use it. */
  adapt(
    config: string,
    folder: string,
    port: number,
  ): { readonly config: string; readonly arguments: readonly string[] };
}

const modules = ['mpm_event', 'authz_core', 'ssl', 'http2', 'proxy', 'proxy_http', 'proxy_wstunnel'];

const proxies: Readonly<Record<string, Proxy>> = {
  nginx: {
    program: '/usr/sbin/nginx',
    file: 'nginx.conf',
    adapt: (config, folder, port) => ({
      config: `daemon off; pid ${folder}/pid; error_log stderr; events {}
http {
  access_log off;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
  ${config.replace('listen 443', `listen 127.0.0.1:${port}`)}
}`,
      arguments: ['-p', folder, '-c', `${folder}/config`, '-e', 'stderr'],
    }),
  },
  Caddy: {
    program: '/usr/bin/caddy',
    file: 'Caddyfile',
    adapt: (config, folder, port) => ({
      config: `{
  admin off
  auto_https disable_redirects
  storage file_system ${folder}
}
${config.replace(`${HOST} {`, `https://${HOST}:${port} {\n  bind 127.0.0.1\n  tls ${folder}/certificate ${folder}/key`)}`,
      arguments: ['run', '--adapter', 'caddyfile', '--config', `${folder}/config`],
    }),
  },
  'Apache httpd': {
    program: '/usr/sbin/apache2',
    file: 'httpd.conf',
    adapt: (config, folder, port) => ({
      config: `ServerRoot /usr/lib/apache2
PidFile ${folder}/pid
ErrorLog ${folder}/log
Listen 127.0.0.1:${port}
${modules.map((name) => `LoadModule ${name}_module modules/mod_${name}.so`).join('\n')}
${config.replace('*:443', `127.0.0.1:${port}`)}`,
      arguments: ['-f', `${folder}/config`, '-DFOREGROUND'],
    }),
  },
  HAProxy: {
    program: '/usr/sbin/haproxy',
    file: 'haproxy.cfg',
    adapt: (config, folder, port) => ({
      config: config.replace('bind :443', `bind 127.0.0.1:${port}`),
      arguments: ['-db', '-f', `${folder}/config`],
    }),
  },
};

/** Starts a proxy with the configuration of `deploy/proxies` in front of a server. */
async function startProxy({ program, file, adapt }: Proxy, origin: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'silkgraph-'));
  const port = await freePort();
  const text = readFileSync(new URL(`../../deploy/proxies/${file}`, import.meta.url), 'utf8')
    .replaceAll(/127\.0\.0\.1:400[01]/g, new URL(origin).host)
    .replaceAll(`/etc/ssl/${HOST}.both.pem`, `${folder}/both`)
    .replaceAll(`/etc/ssl/${HOST}.pem`, `${folder}/certificate`)
    .replaceAll(`/etc/ssl/${HOST}.key`, `${folder}/key`);
  const adapted = adapt(text, folder, port);
  const files = { config: `${adapted.config}\n`, certificate: selfSigned, key, both: `${selfSigned}\n${key}` };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), `${content}\n`);
  const child = spawn(program, adapted.arguments, { env: { ...process.env, HOME: folder }, stdio: 'ignore' });
  const ended = once(child, 'exit');
  afterwards(async () => {
    child.kill();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });
  return port;
}

/** Sends a request, and gives its status and what comes of its body first. */
const ask = (port: number, query: string, headers: Record<string, string> = {}) =>
  new Promise<string>((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path: `/graphql?query=${encodeURIComponent(query)}` };
    const names = { host: HOST, accept: 'application/json', ...headers };
    request({ ...options, servername: HOST, rejectUnauthorized: false, headers: names }, (response) => {
      response.once('data', (part) => {
        resolve(`${response.statusCode} ${part}`);
        response.destroy();
      });
    })
      .on('error', reject)
      .end();
  });

const statusOf = (port: number, path: string) =>
  new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, servername: HOST, rejectUnauthorized: false };
    request({ ...options, headers: { host: HOST } }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });

const poll = { timeout: 20_000, interval: 100 };

describe.each(Object.entries(proxies))('a server behind %s, configured as in deploy/proxies', (name, proxy) => {
  it.skipIf(!existsSync(proxy.program))(`serves all transports, and knows its callers (needs ${name})`, async () => {
    const { log, lines } = listeningLog();
    const authenticate = async ({ apiKey }: Credentials) => {
      if (apiKey === 'bad') throw new AccessRefused('The key is unknown.');
      return anonymous;
    };
    const server = await startPaced({
      ...{ log, hosts: [HOST], publicUrl: `https://${HOST}`, trustedProxies: 1 },
      access: { authenticator: { authenticate }, reading: 'open' },
    });
    const port = await startProxy(proxy, server.origin);
    const answer = () => ask(port, '{ hello }').catch((error: unknown) => String(error));
    await expect.poll(answer, poll).toBe('200 {"data":{"hello":"Hello"}}');

    expect(await statusOf(port, '/metrics')).toBe(403);

    // The subscription goes on after its first result: a proxy that buffers would pass on nothing.
    const ticks = 'subscription { ticks }';
    expect(await ask(port, ticks, { accept: 'text/event-stream' })).toMatch(/^200 (:|event: next)/);

    const options = { headers: { host: HOST, origin: `https://${HOST}` }, servername: HOST, rejectUnauthorized: false };
    const client = createClient({
      url: `wss://127.0.0.1:${port}/graphql`,
      webSocketImpl: class extends WebSocket {
        constructor(address: string, protocol: string) {
          super(address, protocol, options);
        }
      },
      retryAttempts: 0,
    });
    afterwards(() => client.dispose());
    const first = await client.iterate({ query: ticks }).next();
    expect(first.value).toEqual({ data: { ticks: '' } });

    expect(await ask(port, '{ hello }', { 'x-api-key': 'bad', 'x-forwarded-for': '203.0.113.7' })).toMatch(/^401 /);
    const refused = lines.filter(({ code }) => code === 'UNAUTHENTICATED');
    expect(refused.map(({ address }) => address)).toEqual(['127.0.0.1']);
  });
});
