import { describe, expect, it } from 'vitest';
import cooperationGraph from '../../src/cooperation/graph.ts';
import { RolesDoNotFit, roleServices } from '../../src/service/role-services.ts';

describe('the declaration of roles', () => {
  const options = {
    ...({ silkgraph: cooperationGraph, federation: false, mcp: 'off', reconciles: false } as const),
    ...{ answers: undefined, opened: () => undefined },
  };

  it('is refused with all mistakes where it does not fit the graph', () => {
    const wrong = { partner: { hide: ['Indicators', 'Entity.name', 'Lab.notes'] }, press: { hide: ['Country.code'] } };
    expect(() => roleServices({ ...options, roles: wrong })).toThrow(RolesDoNotFit);
    expect(() => roleServices({ ...options, roles: wrong })).toThrow(
      /partner: .*Indicators.*Entity\.name.*Entity\.notes.*press: Country\.code/s,
    );
  });

  it('changes nothing where there is none', () => {
    expect(roleServices({ ...options, roles: {} })).toBeUndefined();
  });
});
