import { describe, expect, it } from 'vitest';
import { readDeclaredRoles, rightsOf, roleNames, sightOf, withPublicPages } from '../../src/access/declared-roles.ts';

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
});
