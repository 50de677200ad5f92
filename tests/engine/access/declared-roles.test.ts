import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { hashOf, newApiKey } from '../../../src/engine/access/api-key.ts';
import { createAuthenticator } from '../../../src/engine/access/authenticator.ts';
import {
  readDeclaredRoles,
  rightsOf,
  roleNames,
  sightOf,
  withPublicPages,
} from '../../../src/engine/access/declared-roles.ts';
import { roleOf } from '../../../src/engine/access/oidc/oidc-settings.ts';
import { narrowOntology } from '../../../src/ontology/narrowing/narrow-ontology.ts';
import { readingRows } from '../../setup/graph-double.ts';
import { now, setups, sign } from './tokens.ts';

const { settings, signingKey } = setups.HS256;

const declared = { anonymous: { hide: ['A'] }, partner: { hide: ['B'] }, press: { hide: ['B', 'C'] } };

describe('declared roles', () => {
  it('are read from JSON, or refused with all mistakes', () => {
    expect(readDeclaredRoles(JSON.stringify(declared))).toEqual({ roles: declared });
    for (const [text, faults] of [
      ['{', 1],
      ['[]', 1],
      ['{"admin": {"hide": []}, "Press": {"hide": []}, "x": {"hides": []}, "y": {"hide": [1]}}', 5],
    ] as const) {
      expect(readDeclaredRoles(text)).toEqual({ faults: expect.objectContaining({ length: faults }) });
    }
    const many = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`r${index}`, { hide: [] }]));
    expect(readDeclaredRoles(JSON.stringify(many))).toEqual({ faults: ['It has 21 roles; the maximum is 20.'] });
  });

  it('give the rights of readers; nobody can be given the role anonymous', () => {
    expect(rightsOf('partner', declared)).toEqual({ role: 'reader', sees: 'partner' });
    expect(rightsOf('editor', declared)).toEqual({ role: 'editor' });
    for (const name of ['anonymous', 'other', 'constructor']) expect(rightsOf(name, declared)).toBeUndefined();
    expect(roleNames(declared)).toEqual(['partner', 'press', 'reader', 'editor', 'admin']);
  });

  it('decide what their holders see, and nothing for editors', () => {
    expect(sightOf({ name: 'x', role: 'reader', sees: 'press' }, declared)).toBe('press');
    expect(sightOf({ name: 'x', role: null }, declared)).toBe('anonymous');
    expect(sightOf({ name: 'x', role: 'reader' }, declared)).toBeUndefined();
    expect(sightOf({ name: 'x', role: 'editor' }, declared)).toBeUndefined();
  });

  it('keep the pages of a closed server to what every role sees', () => {
    const { anonymous: _, ...named } = declared;
    expect(withPublicPages(named, 'closed').anonymous).toEqual({ hide: ['B', 'C'] });
    expect(withPublicPages(named, 'open')).toBe(named);
    expect(withPublicPages(declared, 'closed')).toBe(declared);
    expect(withPublicPages({}, 'closed')).toEqual({});
  });

  it('are given by keys and tokens, and refused where they are not declared any longer', async () => {
    const key = newApiKey();
    const row = [hashOf(key), key.id, 'Ana', 'partner', null, null, null, 0, null, null, '2025-06-20'];
    const graph = {
      ontology: cooperation,
      read: readingRows(async () => [row]),
      write: () => Promise.reject(new Error('Nothing is written.')),
    };
    const withRoles = createAuthenticator({ graph, tokens: settings, roles: declared, now: () => now });
    const without = createAuthenticator({ graph, tokens: settings, now: () => now });
    const token = `Bearer ${await sign({ role: ['press', 'other'] }, signingKey, 'HS256')}`;
    expect(await withRoles.authenticate({ apiKey: key.text })).toMatchObject({ role: 'reader', sees: 'partner' });
    expect(await withRoles.authenticate({ authorization: token })).toMatchObject({ role: 'reader', sees: 'press' });
    await expect(without.authenticate({ apiKey: key.text })).rejects.toThrow('has no role partner');
    await expect(without.authenticate({ authorization: token })).rejects.toThrow('The claim role');
    const mapping = { issuers: [], audience: 'x', roleClaim: 'groups', roles: new Map([['guests', 'press']]) };
    expect(roleOf({ groups: ['guests'] }, mapping, declared)).toBe('press');
  });

  it('fit the graph of the product as the documentation declares them', () => {
    const page = readFileSync(new URL('../../../docs/identity.md', import.meta.url), 'utf8');
    const found = readDeclaredRoles(/```json\n([^`]*)```/.exec(page)?.[1] ?? '');
    if ('faults' in found) throw new Error(found.faults.join(' '));
    expect(Object.keys(found.roles)).toEqual(['anonymous', 'partner']);
    for (const { hide } of Object.values(found.roles)) narrowOntology(cooperation, hide);
  });
});
