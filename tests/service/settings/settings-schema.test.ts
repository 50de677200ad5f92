import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { faultsOf } from '../../../src/cli/commands/config.ts';
import { describeSettings } from '../../../src/config.ts';
import { settingsSchema } from '../../../src/service/settings/settings-schema.ts';

const schema = settingsSchema(describeSettings());
const accepts = new Ajv().compile(schema);

describe('the settings as JSON Schema', () => {
  it('are in settings.schema.json, which changes only on purpose', async () => {
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot('../../../settings.schema.json');
  });

  it.each<[Record<string, string>, boolean]>([
    [{}, true],
    [{ PORT: '' }, true],
    [{ PORT: '8080', HOST: '0.0.0.0', PATH: '/bin' }, true],
    [{ PORT: 'web' }, false],
    [{ SILKGRAPH_READING: 'closed' }, true],
    [{ SILKGRAPH_READING: 'shut' }, false],
    [{ SILKGRAPH_RATE_LIMIT: '600/min' }, true],
    [{ SILKGRAPH_RATE_LIMIT: '600' }, false],
    [{ SILKGRAPH_CACHE: 'off' }, true],
    [{ SILKGRAPH_CACHE: '64 MB' }, false],
    [{ SILKGRAPH_METRICS: 'open', SILKGRAPH_MCP: 'write', SILKGRAPH_EXPORT: 'admin', LOG_LEVEL: 'warn' }, true],
    [{ NEO4J_URI: 'bolt://localhost', NEO4J_PASSWORD: 'x' }, true],
    [{ NEO4J_URI: 'bolt://localhost' }, false],
    [{ NEO4J_URI: 'http://localhost', NEO4J_PASSWORD: 'x' }, false],
    [{ NEO4J_DATABASE: 'x' }, false],
    [{ SILKGRAPH_OIDC_ROLES: '*=reader' }, false],
    [{ SILKGRAPH_OIDC_ROLE_CLAIM: 'groups' }, false],
    [{ SILKGRAPH_JWT_SECRET: 'a secret of at least thirty-two bytes' }, false],
    [
      {
        SILKGRAPH_OIDC_ISSUER: 'https://login.example',
        SILKGRAPH_OIDC_AUDIENCE: 'x',
        SILKGRAPH_OIDC_ROLES: 'a=editor, *=reader',
      },
      true,
    ],
    [
      { SILKGRAPH_OIDC_ISSUER: 'https://login.example', SILKGRAPH_OIDC_AUDIENCE: 'x', SILKGRAPH_OIDC_ROLES: 'a=owner' },
      false,
    ],
    [{ SILKGRAPH_OIDC_ISSUER: 'https://login.example' }, false],
    [{ SILKGRAPH_RATELIMIT: '600/min' }, false],
  ])('say the same of %j as the server does', (env, isValid) => {
    expect([accepts(env), faultsOf(env).length === 0], JSON.stringify(accepts.errors)).toEqual([isValid, isValid]);
  });

  it('take numbers as a file of JSON has them, within their range', () => {
    expect([accepts({ PORT: 8080 }), accepts({ PORT: 70_000 }), accepts({ PORT: 1.5 })]).toEqual([true, false, false]);
  });

  it('tell what each setting is for', () => {
    for (const [name, { description }] of describeSettings()) expect(description, name).toMatch(/^[A-Z].{8,}\.$/);
  });
});
