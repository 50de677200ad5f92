import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  Client,
  type OAuthClientProvider,
  type OAuthDiscoveryState,
  type StoredOAuthTokens,
  StreamableHTTPClientTransport,
  UnauthorizedError,
} from '@modelcontextprotocol/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import cooperationGraph from '../../../../src/cooperation/graph.ts';
import { cooperation } from '../../../../src/cooperation/ontology.ts';
import { createAuthenticator } from '../../../../src/engine/access/authenticator.ts';
import { parseRoles } from '../../../../src/engine/access/oidc/oidc-settings.ts';
import type { Graph } from '../../../../src/engine/graph/graph.ts';
import { mcpFor } from '../../../../src/service/mcp-for.ts';
import { createServer as createSilkgraphServer } from '../../../../src/service/server.ts';
import { createTinyServer } from '../../../server/tiny-server.ts';
import { versions } from '../../../setup/mcp.ts';
import { served } from '../../../setup/served.ts';

const graph: Graph = {
  ontology: cooperation,
  read: async () => [],
  write: () => Promise.reject(new Error('No write.')),
};

const AUDIENCE = 'https://data.example.org';
const CALLBACK = 'http://127.0.0.1:9/callback';

/** Groups of the accounts of the provider. */
const groups: Readonly<Record<string, readonly string[]>> = { ana: ['editors'], ben: ['visitors'] };

let server: Server;
let issuer = '';

/** A provider that npm carries, with its own pages for logging in. */
beforeAll(async () => {
  const { Provider } = await import('oidc-provider');
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'app',
        redirect_uris: [CALLBACK],
        token_endpoint_auth_method: 'none',
        application_type: 'native',
      },
    ],
    findAccount: (_, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
    extraTokenClaims: (_, token) => ({ groups: 'accountId' in token ? (groups[token.accountId] ?? []) : [] }),
    features: {
      devInteractions: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: () => ({ scope: 'graph', audience: AUDIENCE, accessTokenFormat: 'jwt' }),
        useGrantedResource: () => true,
      },
    },
  });
  server.on('request', provider.callback() as RequestListener);
});

afterAll(() => {
  server.close();
  server.closeAllConnections();
});

/** A browser without scripts: follows links and sends forms, with its cookies. */
function createBrowser() {
  const cookies = new Map<string, string>();
  return async function visit(
    address: string,
    form?: Record<string, string>,
  ): Promise<{ address: string; text: string }> {
    if (address.startsWith(CALLBACK)) return { address, text: '' };
    const response = await fetch(address, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    const location = response.headers.get('location');
    return location ? visit(new URL(location, address).href) : { address, text: await response.text() };
  };
}

/** Logs an account in at the page that a client opened for it. @returns what the provider tells the client */
async function loggedIn(account: string, address: string): Promise<URLSearchParams> {
  const visit = createBrowser();
  const login = await visit(address);
  const consent = await visit(actionOf(login), { prompt: 'login', login: account, password: 'any' });
  const back = await visit(actionOf(consent), { prompt: 'consent' });
  return new URL(back.address).searchParams;
}

/** Logs an account in with the authorization code flow and PKCE, and returns its access token. */
async function logIn(account: string): Promise<string> {
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    ...{ client_id: 'app', response_type: 'code', redirect_uri: CALLBACK, scope: 'openid graph', resource: AUDIENCE },
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const code = (await loggedIn(account, `${issuer}/auth?${query}`)).get('code') ?? '';
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      ...{ grant_type: 'authorization_code', client_id: 'app', redirect_uri: CALLBACK, resource: AUDIENCE },
      code,
      code_verifier: verifier,
    }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}

const actionOf = ({ address, text }: { address: string; text: string }) =>
  new URL(/<form[^>]* action="([^"]+)"/.exec(text)?.[1] ?? '', address).href;

const oidcSettings = () => ({
  issuers: [issuer],
  audience: AUDIENCE,
  roleClaim: 'groups',
  roles: parseRoles('editors=editor, *=reader') ?? new Map(),
});

/** An assistant of an account: it knows the address of the server, and nothing of the provider. */
async function assistantOf(account: string): Promise<Client> {
  const oidc = oidcSettings();
  const server = createSilkgraphServer({
    ...served,
    context: () => ({}),
    mcp: mcpFor(cooperationGraph, 'write'),
    publicUrl: AUDIENCE,
    hosts: ['data.example.org'],
    access: { authenticator: createAuthenticator({ graph, oidc }), reading: 'closed', providers: oidc },
  });
  let [opened, verifier]: [string, string] = ['', ''];
  let tokens: StoredOAuthTokens | undefined;
  let discovered: OAuthDiscoveryState | undefined;
  const authProvider: OAuthClientProvider = {
    redirectUrl: CALLBACK,
    clientMetadata: { redirect_uris: [CALLBACK], scope: 'openid graph' },
    clientInformation: () => ({ client_id: 'app' }),
    tokens: () => tokens,
    saveTokens(given) {
      tokens = given;
    },
    redirectToAuthorization(address) {
      opened = address.href;
    },
    saveCodeVerifier(given) {
      verifier = given;
    },
    codeVerifier: () => verifier,
    saveDiscoveryState(given) {
      discovered = given;
    },
    discoveryState: () => discovered,
  };
  const isOurs = (address: URL | string) => new URL(address).origin === AUDIENCE;
  const connected = () => {
    const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: versions.of2026 } });
    const transport = new StreamableHTTPClientTransport(new URL(`${AUDIENCE}/mcp`), {
      authProvider,
      fetch: (address, init) =>
        isOurs(address) ? server.fetch(new Request(address, init as RequestInit)) : fetch(address, init),
    });
    return { client, transport };
  };
  const first = connected();
  await expect(first.client.connect(first.transport)).rejects.toThrow(UnauthorizedError);
  await first.transport.finishAuth(await loggedIn(account, opened));
  const { client, transport } = connected();
  await client.connect(transport);
  return client;
}

it('an assistant finds the provider, logs its user in, and has the tools of the role', async () => {
  const [editor, reader] = [await assistantOf('ana'), await assistantOf('ben')];
  const toolsOf = async (client: Client) => (await client.listTools()).tools.map(({ name }) => name);
  expect(await toolsOf(editor)).toContain('change_graph');
  expect(await toolsOf(reader)).toContain('search');
  expect(await toolsOf(reader)).not.toContain('change_graph');
  await expect(reader.callTool({ name: 'change_graph', arguments: { operations: [] } })).rejects.toThrow(
    'no tool change_graph',
  );
});

it('a session with a provider: login, a read, a write that the role allows, and one that it does not', async () => {
  const authenticator = createAuthenticator({
    graph,
    oidc: oidcSettings(),
  });
  const { ask } = createTinyServer({ access: { authenticator, reading: 'closed' } });
  const as = async (account: string, query: string) => {
    const { response, body } = await ask(query, {}, { authorization: `Bearer ${await logIn(account)}` });
    return [response.status, body.data ?? body.errors[0].extensions.code];
  };
  expect((await ask('{ hello }')).response.status).toBe(401);
  expect(await as('ana', '{ hello }')).toEqual([200, { hello: 'Hello you' }]);
  expect(await as('ana', 'mutation { greet }')).toEqual([200, { greet: 'Hello' }]);
  expect(await as('ben', '{ hello }')).toEqual([200, { hello: 'Hello you' }]);
  expect(await as('ben', 'mutation { greet }')).toEqual([403, 'FORBIDDEN']);
  expect(await authenticator.authenticate({ authorization: `Bearer ${await logIn('ben')}` })).toMatchObject({
    id: `token:${issuer}|ben`,
    role: 'reader',
  });
});
