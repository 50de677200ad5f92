import { describe, expect, it } from 'vitest';
import { resourceMetadataPath } from '../../../src/server/access/use-resource-metadata.ts';
import { createTinyServer } from '../tiny-server.ts';

const authenticator = { authenticate: async () => ({ name: 'anonymous', role: null }) };
const providers = { issuers: ['https://login.example.org'], audience: 'silkgraph' };
const address = `http://silkgraph${resourceMetadataPath}`;

describe('the metadata of a protected resource', () => {
  it('names who gives tokens, without credentials', async () => {
    const { server } = createTinyServer({ access: { authenticator, reading: 'closed', providers } });
    const response = await server.fetch(new Request(address));
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      resource: 'http://silkgraph',
      authorization_servers: ['https://login.example.org'],
      bearer_methods_supported: ['header'],
      resource_name: 'Silkgraph',
    });
  });

  it('names the audience of tokens as the resource, where that is an address', async () => {
    const audience = 'https://data.example.org';
    const access = { authenticator, reading: 'open', providers: { ...providers, audience } } as const;
    const { server } = createTinyServer({ access });
    expect(await (await server.fetch(new Request(address))).json()).toMatchObject({ resource: audience });
  });

  it('is pointed to wherever credentials are missing, and only there', async () => {
    const { ask } = createTinyServer({ access: { authenticator, reading: 'closed', providers } });
    const { response } = await ask('{ hello }');
    expect(response.headers.get('www-authenticate')).toBe(`Bearer realm="silkgraph", resource_metadata="${address}"`);
    const open = createTinyServer({ access: { authenticator, reading: 'open', providers } });
    expect((await open.ask('{ hello }')).response.headers.get('www-authenticate')).toBeNull();
  });

  it('is not there without a provider', async () => {
    const { server } = createTinyServer();
    expect((await server.fetch(new Request(address))).status).toBe(404);
  });
});
