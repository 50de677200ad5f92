import { describe, expect, it } from 'vitest';
import { matchQuestion } from '../../setup/match-model.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const server = silkgraph();

describe('an invalid pattern', () => {
  const lab = { as: 'lab', kind: 'LAB' };
  const country = { as: 'country', kind: 'COUNTRY' };
  const partners = { from: 'lab', to: 'country', relation: 'PARTNERS_WITH' };
  const many = (count: number) => Array.from({ length: count }, (_, index) => ({ as: `e${index}`, kind: 'LAB' }));
  const everything = {
    entities: many(8).map(({ as }, index) => ({ as, kind: index % 2 === 0 ? 'COUNTRY' : 'COUNTRY_GROUP' })),
    relations: Array.from({ length: 7 }, (_, index) => {
      const [near, far] = [`e${index}`, `e${index + 1}`];
      return { relation: 'MEMBER_OF', ...(index % 2 === 0 ? { from: near, to: far } : { from: far, to: near }) };
    }),
  };

  it.each([
    ['without entities', { entities: [] }, 'BAD_USER_INPUT', /no entities/],
    ['with a name that is none', { entities: [{ as: 'a b' }] }, 'BAD_USER_INPUT', /letters, digits/],
    ['with a name twice', { entities: [lab, lab] }, 'BAD_USER_INPUT', /Rename one/],
    [
      'that names an unknown entity',
      { entities: [lab], relations: [partners] },
      'BAD_USER_INPUT',
      /"country", which is not in the pattern. Its entities are "lab"/,
    ],
    ['that is not connected', { entities: [lab, country] }, 'BAD_USER_INPUT', /no relation joins "country" to "lab"/],
    [
      'in two pieces',
      {
        entities: [...many(4)],
        relations: [
          { from: 'e0', to: 'e1', relation: 'POSSIBLY_SAME_AS' },
          { from: 'e2', to: 'e3', relation: 'POSSIBLY_SAME_AS' },
        ],
      },
      'BAD_USER_INPUT',
      /no relation joins "e2", "e3"/,
    ],
    [
      'whose first entity is only optional',
      {
        entities: [{ as: 'event' }, lab, country],
        relations: [partners, { from: 'event', to: 'lab', relation: 'CONCERNS_LAB', optional: true }],
      },
      'BAD_USER_INPUT',
      /not connected/,
    ],
    ['too large', { entities: many(9) }, 'LIMIT_EXCEEDED', /at most 8 entities; this one has 9/],
    [
      'with too many relations',
      { entities: [lab, country], relations: Array(13).fill(partners) },
      'LIMIT_EXCEEDED',
      /at most 12 relations/,
    ],
    [
      'with a relation that does not fit a kind',
      { entities: [lab, { as: 'country', kind: 'AREA' }], relations: [partners] },
      'BAD_USER_INPUT',
      /leads from LAB to COUNTRY; its `to`, "country", is AREA/,
    ],
    [
      'with a relation the wrong way round',
      { entities: [lab, country], relations: [{ ...partners, from: 'country', to: 'lab' }] },
      'BAD_USER_INPUT',
      /Swap `from` and `to`/,
    ],
    [
      'with relations that leave no kind',
      {
        entities: [{ as: 'x' }, lab, { as: 'program' }],
        relations: [
          { from: 'lab', to: 'x', relation: 'PARTNERS_WITH' },
          { from: 'x', to: 'program', relation: 'LED_BY' },
        ],
      },
      'BAD_USER_INPUT',
      /LED_BY leads from PROGRAM/,
    ],
    [
      'with a filter of another kind',
      { entities: [{ ...lab, filter: { country: {} } }] },
      'BAD_USER_INPUT',
      /is of kind LAB, but its filter is for COUNTRY/,
    ],
    [
      'with a condition on a property of another relation',
      { entities: [lab, country], relations: [{ ...partners, edge: { role: { eq: 'LEAD' } } }] },
      'BAD_USER_INPUT',
      /PARTNERS_WITH has no property `role`/,
    ],
    [
      'with an id of another kind',
      { entities: [{ ...lab, id: Buffer.from('Country:ke').toString('base64url') }] },
      'BAD_USER_INPUT',
      /is the ID of a country/,
    ],
    ['with what is no id', { entities: [{ ...lab, id: 'No Id' }] }, 'BAD_USER_INPUT', /is not a valid ID/],
    ['with an empty id', { entities: [{ ...lab, id: '' }] }, 'BAD_USER_INPUT', /is not a valid ID/],
    ['with an id that is not there', { entities: [{ ...lab, id: 'no-such-lab' }] }, 'BAD_USER_INPUT', /no such entity/],
    ['with a slug of another kind', { entities: [{ ...lab, id: 'ke' }] }, 'BAD_USER_INPUT', /no such entity/],
    [
      'with no hops',
      { entities: [lab, country], relations: [{ ...partners, minHops: 0 }] },
      'BAD_USER_INPUT',
      /after 0 hops/,
    ],
    [
      'with hops the wrong way round',
      {
        entities: many(2),
        relations: [{ from: 'e0', to: 'e1', relation: 'POSSIBLY_SAME_AS', minHops: 3, maxHops: 2 }],
      },
      'BAD_USER_INPUT',
      /`minHops` 3 and `maxHops` 2/,
    ],
    [
      'with too many hops',
      { entities: many(2), relations: [{ from: 'e0', to: 'e1', relation: 'POSSIBLY_SAME_AS', maxHops: 99 }] },
      'LIMIT_EXCEEDED',
      /`maxHops` is at most 4/,
    ],
    [
      'with several hops between different kinds',
      { entities: [lab, country], relations: [{ ...partners, maxHops: 2 }] },
      'BAD_USER_INPUT',
      /two different kinds/,
    ],
    [
      'with a relation from an entity to itself',
      { entities: [lab], relations: [{ from: 'lab', to: 'lab', relation: 'POSSIBLY_SAME_AS' }] },
      'BAD_USER_INPUT',
      /to itself/,
    ],
    [
      'with a relation both optional and negated',
      { entities: [lab, country], relations: [{ ...partners, optional: true, negated: true }] },
      'BAD_USER_INPUT',
      /both optional and negated/,
    ],
    [
      'with an optional relation that changes nothing',
      { entities: [lab, country], relations: [partners, { ...partners, optional: true }] },
      'BAD_USER_INPUT',
      /has no effect/,
    ],
    [
      'with a null in a filter',
      { entities: [{ as: 'lab', filter: { lab: { status: null } } }] },
      'BAD_USER_INPUT',
      /is null/,
    ],
    ['that would touch everything', everything, 'LIMIT_EXCEEDED', /would visit about \d+ .* Narrow an entity/],
  ])('%s is rejected with the reason', async (_, pattern, code, message) => {
    const { data, errors } = await server.ask(matchQuestion, { pattern });
    expect(data).toEqual({ match: null });
    expect(errors?.[0]?.extensions?.code).toBe(code);
    expect(errors?.[0]?.message).toMatch(message);
    expect(server.ran.length).toBeLessThanOrEqual(1);
  });

  it.each([
    ['a `show` of an unknown name', { show: ['x'] }, /`show` names "x"/],
    ['an empty `show`', { show: [] }, /`show` must not be empty/],
    ['an order by an unknown name', { orderBy: [{ as: 'x' }] }, /`orderBy` names "x"/],
    ['an order by one key twice', { orderBy: [{ as: 'lab' }, { as: 'lab', direction: 'DESC' }] }, /duplicate key/],
    ['a page too large', { first: 101 }, /at most 100/],
    ['a page of a negative size', { first: -1 }, /negative/],
  ])('with %s is refused', async (_, variables, message) => {
    const { errors } = await server.ask(matchQuestion, { pattern: { entities: [lab] }, ...variables });
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    expect(errors?.[0]?.message).toMatch(message);
  });

  it('reports an unknown name at the field that uses it', async () => {
    const { data, errors } = await server.ask(
      '{ match(pattern: { entities: [{ as: "lab", kind: LAB }] }, first: 1) { nodes { a: entity(as: "lab") { slug } b: entity(as: "x") { slug } } } }',
    );
    expect(data.match.nodes[0]).toEqual({ a: { slug: expect.any(String) }, b: null });
    expect(errors?.[0]?.message).toContain('Its entities are "lab"');
  });

  it('returns only its cost if only the estimate is selected', async () => {
    const { match } = await server.data(
      'query ($pattern: MatchPattern!) { match(pattern: $pattern) { estimate { cost limit } } }',
      { pattern: everything },
    );
    expect(match.estimate.cost).toBeGreaterThan(match.estimate.limit);
  });
});
