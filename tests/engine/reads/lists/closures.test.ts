import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../../src/cooperation/ontology.ts';
import type { Filter } from '../../../../src/engine/reads/filter.ts';
import { leadsFromOnly, memberStart } from '../../../../src/engine/reads/lists/closures.ts';
import { narrowOntology } from '../../../../src/ontology/narrowing/narrow-ontology.ts';

describe('the kind at the near end of a relation', () => {
  it('is sure if the relation starts there from no other', () => {
    expect(leadsFromOnly(cooperation, { relation: 'RESEARCHES', reading: 'FORWARD' }, 'Lab')).toBe(true);
    expect(leadsFromOnly(cooperation, { relation: 'RESEARCHES', reading: 'BACKWARD' }, 'Lab')).toBe(false);
    expect(leadsFromOnly(cooperation, { relation: 'COOPERATES_WITH', reading: 'BOTH' }, 'Platform')).toBe(true);
    expect(leadsFromOnly(cooperation, { relation: 'SERVES', reading: 'BOTH' }, 'Platform')).toBe(false);
  });

  it('is not sure where a role sees one kind of several, since the others are still in the graph', () => {
    const hidden = cooperation.kindNames.filter((kind) => kind !== 'Lab' && kind !== 'Source');
    const narrowed = narrowOntology(cooperation, hidden);
    expect(leadsFromOnly(narrowed, { relation: 'CITES', reading: 'FORWARD' }, 'Lab')).toBe(false);
  });
});

describe('a start from the members of a closure', () => {
  const closure: Filter = { reaches: 'BROADER', slug: 'energy' };
  const isOpen: Filter = { property: 'keyArea', is: '=', value: true };
  const inScope: Filter = { property: 'inScope', is: '=', value: true };
  const relation = { relation: 'RESEARCHES', reading: 'FORWARD' } as const;
  const leading = (filter: Filter): Filter => ({ some: true, relation, filter });

  it('leaves the other conditions, each on its side of the relation', () => {
    expect(memberStart({ all: [inScope, leading({ all: [isOpen, closure] })] })).toEqual({
      relation,
      condition: closure,
      ofMembers: { all: [isOpen] },
      others: { all: [inScope] },
    });
  });

  it('is possible for what leads to a named entity, and in a long list for a named entity itself', () => {
    const isNamed: Filter = { property: 'id', is: 'IN', value: ['a', 'b'] };
    const leadsThere = leading(isNamed);
    expect(memberStart(leadsThere)).toBeNull();
    expect(memberStart(leadsThere, true)).toMatchObject({ condition: isNamed, others: { all: [] } });
    expect(memberStart(leading({ all: [leadsThere, isOpen] }))).toMatchObject({
      condition: leadsThere,
      ofMembers: { all: [isOpen] },
    });
    expect(memberStart({ any: [inScope, leadsThere] }, true)).toBeNull();
    expect(memberStart(leading({ all: [isNamed, { ofEdge: inScope }] }), true)).toBeNull();
  });

  it.each<[string, Filter]>([
    ['that need not hold', { any: [inScope, leading(closure)] }],
    ['that must not hold', { not: leading(closure) }],
    ['beside a condition on the relation itself', leading({ all: [closure, { ofEdge: inScope }] })],
    ['on who is looked for', closure],
  ])('is not possible for one %s', (_, filter) => {
    expect(memberStart(filter)).toBeNull();
  });
});
