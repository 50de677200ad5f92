import { describe, expect, it } from 'vitest';
import { seeds } from '../../setup/seeds.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const server = silkgraph();

const LOOK_UP =
  'query ($scheme: IdentifierScheme!, $value: String!) { entity(identifier: { scheme: $scheme, value: $value }) { slug } }';

const lookUp = async (scheme: string, value: string) => (await server.data(LOOK_UP, { scheme, value })).entity?.slug;

const refused = async (query: string, variables: Record<string, unknown> = {}) => {
  const { errors } = await server.ask(query, variables);
  return { code: errors?.[0]?.extensions?.code, message: errors?.[0]?.message };
};

describe('identifiers', () => {
  it('come with their scheme, address and match', async () => {
    const { entity } = await server.data('{ entity(id: "african-union") { identifiers { scheme value url match } } }');
    expect(entity.identifiers).toContainEqual({
      scheme: 'ROR',
      value: '020ktwj02',
      url: 'https://ror.org/020ktwj02',
      match: 'EXACT',
    });
  });

  it('find their entity, as do their addresses', async () => {
    for (const { entity, scheme, value, url } of seeds.identifiers.filter((_, index) => index % 97 === 0)) {
      expect(await lookUp(scheme, value)).toBe(entity);
      if (url) expect(await lookUp(scheme, url)).toBe(entity);
    }
  });

  it('find nothing if nobody has them', async () => {
    expect(await lookUp('WIKIDATA', 'Q999999999')).toBeUndefined();
  });

  it('are found by search, and come first', async () => {
    const first = async (query: string) =>
      (await server.data('query ($query: String!) { search(query: $query, first: 1) { nodes { slug } } }', { query }))
        .search.nodes[0]?.slug;
    for (const query of ['020ktwj02', 'https://ror.org/020ktwj02', 'ROR:020ktwj02']) {
      expect(await first(query)).toBe('african-union');
    }
    for (const query of ['Q228', 'WIKIDATA:Q228', 'https://www.wikidata.org/wiki/Q228'])
      expect(await first(query)).toBe('ad');
  });

  it('are filtered by scheme, value and match, which one of them has all', async () => {
    const find = async (filter: string) =>
      (
        await server.data(
          `{ institutions(filter: { identifiers: ${filter} }, first: 100) { totalCount nodes { slug } } }`,
        )
      ).institutions;
    const [ror] = seeds.identifiers.filter(({ entity, scheme }) => scheme === 'ROR' && entity !== 'african-union');
    expect((await find(`{ some: { scheme: { eq: ROR }, value: { eq: "${ror?.value}" } } }`)).nodes).toEqual([
      { slug: ror?.entity },
    ]);
    expect((await find(`{ some: { scheme: { eq: ROR }, value: { eq: "${ror?.url}" } } }`)).totalCount).toBe(1);
    // The value is that of another scheme.
    expect((await find(`{ some: { scheme: { eq: GRID }, value: { eq: "${ror?.value}" } } }`)).totalCount).toBe(0);
    const of = (fits: (row: (typeof seeds.identifiers)[number]) => boolean) =>
      new Set(seeds.identifiers.filter(fits).map(({ entity }) => entity));
    const institutions = new Set(seeds.entities.Institution.map(({ id }) => id));
    const close = [...of(({ match }) => match === 'CLOSE')].filter((slug) => institutions.has(slug));
    expect((await find('{ some: { match: { eq: CLOSE } } }')).totalCount).toBe(close.length);
    const any = [...of(() => true)].filter((slug) => institutions.has(slug));
    expect((await find('{ isEmpty: true }')).totalCount).toBe(institutions.size - any.length);
    expect((await find('{ none: {} }')).totalCount).toBe(institutions.size - any.length);
    expect((await find('{ some: {} }')).totalCount).toBe(any.length);
  });

  it('with wrong check digits are refused, and a look-up by two things or none too', async () => {
    expect(await refused(LOOK_UP, { scheme: 'ROR', value: '020ktwj03' })).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining('check digits'),
    });
    expect((await refused(LOOK_UP, { scheme: 'ROR', value: 'x'.repeat(10_000) })).code).toBe('BAD_USER_INPUT');
    for (const args of ['', '(id: "cn", identifier: { scheme: ROR, value: "020ktwj02" })']) {
      expect(await refused(`{ entity${args} { slug } }`)).toMatchObject({
        message: expect.stringContaining('exactly one'),
      });
    }
  });
});

describe('locations', () => {
  const labs = async (locations: string) =>
    (await server.data(`{ labs(filter: { locations: ${locations} }, first: 100) { totalCount nodes { slug } } }`)).labs;

  const slugsIn = (fits: (place: (typeof seeds.locations)[number]) => boolean) => {
    const all = new Set(seeds.entities.Lab.map(({ id }) => id));
    return new Set(seeds.locations.filter((place) => all.has(place.entity) && fits(place)).map(({ entity }) => entity));
  };

  it('come for each side', async () => {
    const [{ entity = '' } = {}] = seeds.locations.filter(({ side }) => side === 'PARTNER');
    const { lab } = await server.data(
      `{ lab(slug: "${entity}") { locations { latitude longitude precision place side } } }`,
    );
    expect(lab.locations).toEqual(
      seeds.locations
        .filter((place) => place.entity === entity)
        .map(({ latitude, longitude, precision, place, side = null }) => ({
          ...{ latitude, longitude, precision, place, side },
        })),
    );
  });

  it('are filtered by a box, also by one across the 180th meridian', async () => {
    const inAfrica = await labs('{ some: { within: { box: { south: -35, west: -18, north: 37, east: 52 } } } }');
    const expected = slugsIn(
      ({ latitude, longitude }) => latitude >= -35 && latitude <= 37 && longitude >= -18 && longitude <= 52,
    );
    expect(new Set(inAfrica.nodes.map(({ slug }: { slug: string }) => slug))).toEqual(expected);
    expect(expected.size).toBeGreaterThan(3);
    const pacific = await server.data(
      '{ countries(filter: { locations: { some: { within: { box: { south: -30, west: 160, north: 10, east: -150 } } } } }) { nodes { slug } } }',
    );
    const slugs = pacific.countries.nodes.map(({ slug }: { slug: string }) => slug);
    expect(slugs).toEqual(expect.arrayContaining(['fj', 'ws', 'to']));
    expect(slugs).not.toContain('cn');
  });

  it('are filtered by a distance on the sphere', async () => {
    const near = await labs('{ some: { within: { circle: { latitude: -1.28, longitude: 36.82, kilometres: 50 } } } }');
    expect(new Set(near.nodes.map(({ slug }: { slug: string }) => slug))).toEqual(
      slugsIn(({ place }) => place === 'Nairobi' || place === 'Juja'),
    );
    expect(near.totalCount).toBeGreaterThan(0);
    // The side and the place are those of one location.
    const chinese = await labs(
      '{ some: { side: { eq: CHINESE }, within: { circle: { latitude: -1.28, longitude: 36.82, kilometres: 50 } } } }',
    );
    expect(chinese.totalCount).toBe(0);
    const none = await labs('{ some: { side: { exists: false } } }');
    expect(none.totalCount).toBe(0);
  });

  it.each([
    '{ locations: { none: { side: { eq: PARTNER } } } }',
    '{ not: { locations: { some: { side: { in: [PARTNER] } } } } }',
    '{ locations: { none: { side: { eq: PARTNER }, latitude: { gt: 0 } } } }',
  ])('without a value match a filter by none that have it: %s', async (filter) => {
    // The places of institutions have no side.
    for (const edition of ['', '@asOf(revision: 1)']) {
      const { institutions, all } = await server.data(
        `query ${edition} { institutions(filter: ${filter}) { totalCount } all: institutions { totalCount } }`,
      );
      expect(institutions.totalCount).toBe(all.totalCount);
    }
  });

  it.each([
    '{ box: { south: 95, west: 0, north: 96, east: 1 } }',
    '{ box: { south: 1, west: 0, north: 0, east: 1 } }',
    '{ circle: { latitude: 0, longitude: 181, kilometres: 1 } }',
    '{ circle: { latitude: 0, longitude: 0, kilometres: 0 } }',
    '{ circle: { latitude: 0, longitude: 0, kilometres: 1e9 } }',
  ])('refuse an area that is not of this planet: %s', async (area) => {
    const query = `{ labs(filter: { locations: { some: { within: ${area} } } }) { totalCount } }`;
    expect((await refused(query)).code).toBe('BAD_USER_INPUT');
  });
});
