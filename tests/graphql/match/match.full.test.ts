import fc from 'fast-check';
import { coerceInputValue, type GraphQLInputType } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Kind } from '../../../src/cooperation/kinds.ts';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { relations } from '../../../src/cooperation/relations.ts';
import { lastSequence } from '../../../src/engine/changes/log/read-changes.ts';
import { parsePattern } from '../../../src/graphql/match/match-pattern.ts';
import type { PatternInput } from '../../../src/graphql/match/pattern-input.ts';
import { matchesIn } from '../../../src/history/memory/match-snapshot.ts';
import { createGraphStates } from '../../../src/history/revisions/graph-states.ts';
import { findRevision } from '../../../src/history/revisions/revision.ts';
import {
  type ModelEntity,
  type ModelPattern,
  type ModelRelation,
  matchesInSeeds,
  matchQuestion,
  patternInput,
  relationsAt,
} from '../../setup/match-model.ts';
import { runs } from '../../setup/runs.ts';
import { byCodePoint, seeds } from '../../setup/seeds.ts';
import { schema } from '../../setup/served.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const server = silkgraph();

/** The pattern as resolvers receive it. */
const coerced = (pattern: ModelPattern) =>
  coerceInputValue(patternInput(pattern), schema.getType('MatchPattern') as GraphQLInputType) as PatternInput;

interface AnsweredEntity {
  readonly as: string;
  readonly entity: { readonly slug: string; readonly name: string } | null;
}
type AnsweredRow = { readonly entities: readonly AnsweredEntity[] };

const slugsIn = ({ entities }: AnsweredRow) =>
  Object.fromEntries(entities.map(({ as, entity }) => [as, entity?.slug ?? null]));

const asText = (row: Readonly<Record<string, string | null>>) =>
  JSON.stringify(Object.entries(row).sort(([left], [right]) => byCodePoint(left, right)));

const expectedOf = (pattern: ModelPattern) =>
  matchesInSeeds(pattern)
    .map((row) => asText(Object.fromEntries(Object.entries(row).map(([name, record]) => [name, record?.id ?? null]))))
    .sort(byCodePoint);

/** Patterns that grow from one entity, a relation at a time, and may close into cycles. */
const patterns: fc.Arbitrary<ModelPattern> = fc
  .record({
    start: fc.constantFrom<Kind>('Lab', 'Country', 'Institution', 'Platform', 'Program', 'Area', 'Park', 'Event'),
    steps: fc.array(
      fc.record({
        at: fc.nat(10),
        relation: fc.nat(100),
        close: fc.boolean(),
        mark: fc.constantFrom('plain', 'plain', 'plain', 'optional', 'negated'),
        maxHops: fc.integer({ min: 1, max: 3 }),
      }),
      { maxLength: 3 },
    ),
    narrow: fc.nat(1000),
    width: fc.integer({ min: 1, max: 3 }),
    distinct: fc.boolean(),
  })
  .map(({ start, steps, narrow, width, distinct }) => {
    const few = Array.from(
      { length: width },
      (_, index) => seeds.entities[start][(narrow + index * 7) % seeds.entities[start].length]?.id ?? '',
    );
    const entities: ModelEntity[] = [{ as: 'e0', kind: start, ids: [...new Set(few)] }];
    const wanted: ModelRelation[] = [];
    const marks = new Map([['e0', 'plain']]);
    for (const { at, relation, close, mark, maxHops } of steps) {
      const rooted = entities.filter(({ as }) => marks.get(as) === 'plain' || marks.get(as) === mark);
      const near = rooted[at % rooted.length];
      const ends = near ? relationsAt(near.kind) : [];
      const step = ends[relation % ends.length];
      if (!near || !step) continue;
      const known = entities.find(
        ({ as, kind }) => close && kind === step.other && as !== near.as && marks.get(as) === 'plain',
      );
      if (known && mark === 'optional') continue;
      const far = known ?? { as: `e${entities.length}`, kind: step.other };
      if (!known) {
        entities.push(far);
        marks.set(far.as, mark);
      }
      const own = relations[step.relation] as { readonly from: string; readonly to: string };
      wanted.push({
        relation: step.relation,
        ...(step.end === 'from' ? { from: near.as, to: far.as } : { from: far.as, to: near.as }),
        ...(own.from === own.to ? { maxHops } : {}),
        ...(mark === 'plain' ? {} : { [mark]: true }),
      });
    }
    return { entities, relations: wanted, distinct };
  });

describe('a pattern', () => {
  it('finds the same in a state in memory', async () => {
    const revision = await findRevision(server.graph, { revision: await lastSequence(server.graph) });
    const state = await createGraphStates(server.graph).at(revision);
    let rows = 0;
    await fc.assert(
      fc.asyncProperty(patterns, async (pattern) => {
        const parsed = parsePattern(cooperation, coerced(pattern), pattern.distinct);
        const { required, optional, entities } = parsed;
        const names = [...required.entities, ...optional.flatMap((part) => part.entities)].map(
          (position) => entities[position]?.name ?? '',
        );
        const found = await matchesIn(state, parsed, () => undefined);
        const expected = expectedOf(pattern);
        rows += expected.length;
        const texts = found.map((row) => asText(Object.fromEntries(row.map((slug, at) => [names[at], slug]))));
        expect(texts.sort(byCodePoint)).toEqual(expected);
      }),
      runs(160),
    );
    expect(rows).toBeGreaterThan(runs(160).numRuns / 2);
  }, 240_000);

  it('finds what trying all sets of entities finds', async () => {
    const cases = runs(160);
    let rows = 0;
    await fc.assert(
      fc.asyncProperty(patterns, async (pattern) => {
        const { data, errors } = await server.ask(matchQuestion, {
          pattern: patternInput(pattern),
          distinct: pattern.distinct,
        });
        expect(errors).toBeUndefined();
        const expected = expectedOf(pattern);
        rows += expected.length;
        expect(data.match.totalCount).toBe(expected.length);
        const found = data.match.nodes.map((row: AnsweredRow) => asText(slugsIn(row)));
        expect(new Set(found).size).toBe(found.length);
        if (expected.length <= 100) expect(found.sort(byCodePoint)).toEqual(expected);
        else expect(expected).toEqual(expect.arrayContaining(found));
      }),
      cases,
    );
    // How many depends on chance; too few would mean that little was compared.
    expect(rows).toBeGreaterThan(cases.numRuns / 2);
  }, 240_000);

  const cycle = {
    entities: [
      { as: 'host', kind: 'INSTITUTION' },
      { as: 'lab', kind: 'LAB' },
      { as: 'other', kind: 'LAB' },
      { as: 'country', kind: 'COUNTRY' },
      { as: 'neighbour', kind: 'COUNTRY' },
      { as: 'group', id: 'sco' },
    ],
    relations: [
      { from: 'lab', to: 'host', relation: 'HOSTED_BY' },
      { from: 'other', to: 'host', relation: 'HOSTED_BY' },
      { from: 'lab', to: 'country', relation: 'PARTNERS_WITH' },
      { from: 'other', to: 'neighbour', relation: 'PARTNERS_WITH' },
      { from: 'country', to: 'group', relation: 'MEMBER_OF' },
      { from: 'neighbour', to: 'group', relation: 'MEMBER_OF' },
    ],
  };

  it('may be a cycle: institutions that host labs with two countries of one group', async () => {
    const related = (type: string, from?: string, to?: string) =>
      seeds.relations.filter(
        (relation) => relation.type === type && (!from || relation.from === from) && (!to || relation.to === to),
      );
    const members = new Set(related('MEMBER_OF', undefined, 'sco').map(({ from }) => from));
    const expected = seeds.entities.Institution.filter(({ id }) => {
      const pairs = related('HOSTED_BY', undefined, id).flatMap(({ from }) =>
        related('PARTNERS_WITH', from)
          .filter(({ to }) => members.has(to))
          .map(({ to }) => [from, to] as const),
      );
      return pairs.some(([lab, country]) => pairs.some(([other, neighbour]) => lab !== other && country !== neighbour));
    }).map(({ id }) => id);
    expect(expected.length).toBeGreaterThan(0);
    const { match } = await server.data(matchQuestion, { pattern: cycle, show: ['host'] });
    expect(match.nodes.map((row: AnsweredRow) => slugsIn(row).host).sort()).toEqual(expected.sort());
    expect(match.totalCount).toBe(expected.length);
  });

  it('reads all selected fields of its entities with one more statement', async () => {
    const { match } = await server.data(
      `query ($pattern: MatchPattern!) {
        match(pattern: $pattern, first: 20) {
          nodes {
            host: entity(as: "host") { name ... on Institution { city country { name } labs(first: 2) { nodes { name } } } }
            group: entity(as: "group") { __typename ... on CountryGroup { members(first: 3) { nodes { name } } } }
            entities { as entity { id ... on Lab { areas { nodes { name } } } ... on Country { code } } }
          }
          edges { cursor node { entity(as: "lab") { ... on Lab { designation } } } }
        }
      }`,
      { pattern: cycle },
    );
    expect(match.nodes.length).toBeGreaterThan(1);
    expect(match.nodes[0].host.country.name).toEqual(expect.any(String));
    expect(match.nodes[0].group.__typename).toBe('CountryGroup');
    expect(match.edges[0].node.entity.designation).toEqual(expect.any(String));
    expect(server.ran.map(({ name }) => name)[0]).toBe('match');
    expect(server.ran).toHaveLength(2);
  });

  it('reads properties of its entities with the rows, wherever they are selected', async () => {
    const { match } = await server.data(
      `query ($pattern: MatchPattern!, $host: String!) {
        match(pattern: $pattern, first: 20) {
          nodes {
            host: entity(as: $host) { slug name ... on Institution { city } }
            event: entity(as: "event") { name ...kind }
          }
          edges {
            node {
              host: entity(as: "host") { kind: __typename ... on Institution { type } }
              entities { as entity { slug ...kind ... on Lab { designation } } }
            }
          }
        }
      }
      fragment kind on Entity { __typename }`,
      {
        host: 'host',
        pattern: {
          entities: [{ as: 'lab' }, { as: 'host' }, { as: 'event' }],
          relations: [
            { from: 'lab', to: 'host', relation: 'HOSTED_BY' },
            { from: 'event', to: 'lab', relation: 'CONCERNS_LAB', optional: true },
          ],
        },
      },
    );
    expect(server.ran.map(({ name }) => name)).toEqual(['match']);
    const all = Object.values(seeds.entities).flat();
    const bySlug = new Map(all.map((entity) => [entity.id, entity]));
    for (const [index, { host, event }] of match.nodes.entries()) {
      const { node } = match.edges[index];
      const [lab, hostAgain, eventAgain] = node.entities.map(({ entity }: { entity: object }) => entity);
      const seed = bySlug.get(host.slug);
      expect(host).toEqual({ slug: host.slug, name: seed?.name, city: seed?.city ?? null });
      expect(node.host).toEqual({ kind: 'Institution', type: seed?.type });
      expect(hostAgain.slug).toBe(host.slug);
      expect(lab.designation).toBe(bySlug.get(lab.slug)?.designation ?? null);
      expect(event?.name).toBe(bySlug.get(eventAgain?.slug)?.name);
    }
    expect(match.nodes.filter(({ event }: { event: object | null }) => event === null).length).toBeGreaterThan(0);
  });

  it('reports a wrong argument below an entity there, and returns the rest', async () => {
    const { data, errors } = await server.ask(
      '{ match(pattern: { entities: [{ as: "lab", kind: LAB }] }, first: 1) { totalCount nodes { entity(as: "lab") { ... on Lab { areas(first: 1000) { totalCount } } } } } }',
    );
    expect(errors?.map(({ path }) => path)).toEqual([['match', 'nodes', 0, 'entity', 'areas']]);
    expect(data.match.totalCount).toBe(seeds.entities.Lab.length);
  });

  it('returns the properties and sources of its relations', async () => {
    const { match } = await server.data(
      `query ($pattern: MatchPattern!) {
        match(pattern: $pattern, first: 100) {
          nodes {
            entity(as: "lab") { slug }
            relations { relation direction from { slug } to { slug ... on Institution { type } } properties { name value } sources { slug } ownSources }
          }
        }
      }`,
      {
        pattern: {
          entities: [{ as: 'lab' }, { as: 'host' }, { as: 'event' }],
          relations: [
            { from: 'lab', to: 'host', relation: 'HOSTED_BY', edge: { role: { eq: 'LEAD' } } },
            { from: 'event', to: 'lab', relation: 'CONCERNS_LAB', optional: true },
          ],
        },
      },
    );
    const stored = (type: string, from: string, to: string) =>
      seeds.relations.find((one) => one.type === type && one.from === from && one.to === to);
    expect(match.nodes.length).toBeGreaterThan(10);
    for (const { entity, relations: told } of match.nodes) {
      const [hosted, concerns] = told;
      const seed = stored('HOSTED_BY', entity.slug, hosted.to.slug);
      expect(hosted).toMatchObject({ relation: 'HOSTED_BY', direction: 'FORWARD', ownSources: !!seed?.sources });
      expect(hosted.properties).toContainEqual({ name: 'role', value: 'LEAD' });
      expect(hosted.to.type).toEqual(expect.any(String));
      if (seed?.sources) {
        expect(hosted.sources.map(({ slug }: { slug: string }) => slug).sort()).toEqual([...seed.sources].sort());
      }
      if (concerns) expect(stored('CONCERNS_LAB', concerns.from.slug, entity.slug)).toBeDefined();
    }
    expect(server.ran.length).toBeLessThanOrEqual(4);
  });

  it('returns a symmetric relation as it is stored, from either end', async () => {
    const symmetric = seeds.relations.filter(({ type }) => type === 'RELATED_TO');
    const { match } = await server.data(
      '{ match(pattern: { entities: [{ as: "one" }, { as: "other" }], relations: [{ from: "one", to: "other", relation: RELATED_TO }] }) { totalCount nodes { relations { from { slug } to { slug } } } } }',
    );
    expect(match.totalCount).toBe(2 * symmetric.length);
    const told = match.nodes.flatMap((row: { relations: { from: { slug: string }; to: { slug: string } }[] }) =>
      row.relations.map(({ from, to }) => `${from.slug} ${to.slug}`),
    );
    expect([...new Set(told)].sort()).toEqual(symmetric.map(({ from, to }) => `${from} ${to}`).sort());
    expect(told).toHaveLength(2 * symmetric.length);
  });

  it('returns null for missing optional entities', async () => {
    const pattern: ModelPattern = {
      entities: [
        { as: 'institution', kind: 'Institution', filter: { labs: { count: { gte: 4 } } } },
        { as: 'country', kind: 'Country' },
        { as: 'parent', kind: 'Institution' },
        { as: 'seat', kind: 'Country' },
      ],
      relations: [
        { from: 'institution', to: 'country', relation: 'BASED_IN' },
        { from: 'institution', to: 'parent', relation: 'UNIT_OF', optional: true },
        { from: 'parent', to: 'seat', relation: 'BASED_IN', optional: true },
      ],
      distinct: false,
    };
    const { match } = await server.data(matchQuestion, { pattern: patternInput(pattern), distinct: false });
    expect(match.nodes.map((row: AnsweredRow) => asText(slugsIn(row))).sort(byCodePoint)).toEqual(expectedOf(pattern));
    const parents = match.nodes.map((row: AnsweredRow) => slugsIn(row).parent);
    expect(parents).toContain(null);
  });

  it('leaves out what has a negated relation: areas of labs in Africa without a platform that serves their country', async () => {
    const pattern: ModelPattern = {
      entities: [
        { as: 'country', kind: 'Country', filter: { region: { eq: 'AFRICA' } } },
        { as: 'lab', kind: 'Lab' },
        { as: 'platform', kind: 'Platform' },
      ],
      relations: [
        { from: 'lab', to: 'country', relation: 'PARTNERS_WITH' },
        { from: 'platform', to: 'country', relation: 'SERVES', negated: true },
      ],
      distinct: true,
    };
    const { match } = await server.data(matchQuestion, { pattern: patternInput(pattern) });
    const expected = expectedOf(pattern);
    expect(expected.length).toBeGreaterThan(0);
    expect(match.nodes.map((row: AnsweredRow) => asText(slugsIn(row))).sort(byCodePoint)).toEqual(expected);
  });

  it('has conditions on the relations themselves, of each of several hops too', async () => {
    const lead = seeds.relations.filter(({ type, properties }) => type === 'HOSTED_BY' && properties?.role === 'LEAD');
    const { match } = await server.data(matchQuestion, {
      pattern: {
        entities: [{ as: 'lab' }, { as: 'lead' }],
        relations: [{ from: 'lab', to: 'lead', relation: 'HOSTED_BY', edge: { role: { eq: 'LEAD' } } }],
      },
    });
    expect(match.totalCount).toBe(lead.length);
    const parts = await server.data(matchQuestion, {
      pattern: {
        entities: [{ as: 'part' }, { as: 'whole' }],
        relations: [{ from: 'part', to: 'whole', relation: 'PART_OF', maxHops: 3, edge: { note: { exists: true } } }],
      },
    });
    const noted = seeds.relations.filter(
      ({ type, properties }) => type === 'PART_OF' && properties?.note !== undefined,
    );
    expect(parts.match.totalCount).toBeGreaterThanOrEqual(noted.length);
    expect(parts.match.totalCount).toBeLessThan(seeds.relations.filter(({ type }) => type === 'PART_OF').length);
  });

  it('follows a relation over several hops', async () => {
    const pattern: ModelPattern = {
      entities: [
        { as: 'narrow', kind: 'Area' },
        { as: 'broad', kind: 'Area', filter: { topArea: { eq: true } } },
      ],
      relations: [{ from: 'narrow', to: 'broad', relation: 'BROADER', maxHops: 4 }],
      distinct: true,
    };
    const { match } = await server.data(matchQuestion, { pattern: patternInput(pattern) });
    expect(match.totalCount).toBe(expectedOf(pattern).length);
  });

  it('lets names share an entity only if `distinct` is false', async () => {
    const pattern = {
      entities: [{ as: 'one' }, { as: 'country', id: 'ke' }, { as: 'two' }],
      relations: [
        { from: 'one', to: 'country', relation: 'PARTNERS_WITH' },
        { from: 'two', to: 'country', relation: 'PARTNERS_WITH' },
      ],
    };
    const labs = seeds.relations.filter(({ type, to }) => type === 'PARTNERS_WITH' && to === 'ke').length;
    expect(labs).toBeGreaterThan(1);
    expect((await server.data(matchQuestion, { pattern })).match.totalCount).toBe(labs * (labs - 1));
    expect((await server.data(matchQuestion, { pattern, distinct: false })).match.totalCount).toBe(labs * labs);
  });

  it('accepts global ids as well as slugs, and infers the kind of each entity', async () => {
    const { country } = await server.data('{ country(code: "KE") { id } }');
    const pattern = (id: string) => ({
      entities: [{ as: 'lab' }, { as: 'country', id }],
      relations: [{ from: 'lab', to: 'country', relation: 'PARTNERS_WITH' }],
    });
    const bySlug = await server.data(matchQuestion, { pattern: pattern('ke') });
    expect(bySlug.match.totalCount).toBeGreaterThan(0);
    expect(await server.data(matchQuestion, { pattern: pattern(country.id) })).toEqual(bySlug);
  });

  it('may be one entity of any kind that a relation allows', async () => {
    const cited = await server.data(matchQuestion, {
      pattern: {
        entities: [{ as: 'citing' }, { as: 'source', id: 'vietnamplus-2018-04' }],
        relations: [{ from: 'citing', to: 'source', relation: 'CITES' }],
      },
    });
    const expected = seeds.relations.filter(({ type, to }) => type === 'CITES' && to === 'vietnamplus-2018-04');
    expect(cited.match.nodes.map((row: AnsweredRow) => slugsIn(row).citing).sort()).toEqual(
      expected.map(({ from }) => from).sort(),
    );
  });
});

describe('the pages of a pattern', () => {
  const pattern = {
    entities: [{ as: 'lab' }, { as: 'institution' }, { as: 'event' }],
    relations: [
      { from: 'lab', to: 'institution', relation: 'HOSTED_BY' },
      { from: 'event', to: 'lab', relation: 'CONCERNS_LAB', optional: true },
    ],
  };
  const relationsOf = (relation: string) => seeds.relations.filter(({ type }) => type === relation);
  const total = relationsOf('HOSTED_BY')
    .map(({ from }) => relationsOf('CONCERNS_LAB').filter(({ to }) => to === from).length)
    .reduce((sum, events) => sum + Math.max(1, events), 0);

  it.each([
    [undefined],
    [[{ as: 'institution', direction: 'DESC' }]],
    [
      [
        { as: 'event', direction: 'DESC' },
        { as: 'lab', by: 'SLUG' },
      ],
    ],
    [[{ as: 'event' }]],
  ])('ordered by %j give every match once, in order', async (orderBy) => {
    const seen: AnsweredRow[] = [];
    let after: string | null = null;
    let pages = 0;
    do {
      const { match } = await server.data(matchQuestion, { pattern, orderBy, first: 60, after });
      expect(match.pageInfo.hasPreviousPage).toBe(pages > 0);
      seen.push(...match.nodes);
      after = match.pageInfo.hasNextPage ? match.pageInfo.endCursor : null;
      pages += 1;
      expect(match.totalCount).toBe(total);
    } while (after !== null && pages < 20);
    expect(seen).toHaveLength(total);
    expect(new Set(seen.map((row) => asText(slugsIn(row)))).size).toBe(total);
    const [key] = orderBy ?? [{ as: 'lab', direction: 'ASC' }];
    const names = seen.map(({ entities }) => entities.find(({ as }) => as === key?.as)?.entity?.name ?? null);
    const known = names.filter((name) => name !== null);
    const direction = key && 'direction' in key && key.direction === 'DESC' ? -1 : 1;
    expect(known).toEqual([...known].sort((left, right) => direction * byCodePoint(left, right)));
    expect(names.slice(known.length).every((name) => name === null)).toBe(true);
  });

  it('refuse a cursor of another pattern', async () => {
    const { match } = await server.data(matchQuestion, { pattern, first: 1 });
    const { errors } = await server.ask(matchQuestion, {
      pattern,
      first: 1,
      show: ['lab'],
      after: match.pageInfo.endCursor,
    });
    expect(errors?.[0]?.extensions?.code).toBe('INVALID_CURSOR');
  });

  it('are counted only if selected, and not searched if only the estimate is selected', async () => {
    await server.data(
      'query ($pattern: MatchPattern!) { match(pattern: $pattern) { nodes { entity(as: "lab") { slug } } } }',
      { pattern },
    );
    expect(server.ran[0]?.text).not.toContain('COUNT');
    const { match } = await server.data(
      'query ($pattern: MatchPattern!) { match(pattern: $pattern) { estimate { cost limit } } }',
      { pattern },
    );
    expect(match.estimate.cost).toBeGreaterThan(100);
    expect(match.estimate.cost).toBeLessThan(match.estimate.limit);
    expect(server.ran).toEqual([]);
  });
});
