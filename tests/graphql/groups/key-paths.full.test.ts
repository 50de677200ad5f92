import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Kind, kinds } from '../../../src/cooperation/kinds.ts';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import type { RelationField } from '../../../src/ontology/ontology.ts';
import { camelCase, type Input, keysOf, keyValues, type Value } from '../../setup/grouping.ts';
import { type Edge, fits, reachedIn, relatedIn } from '../../setup/model.ts';
import { casesOf, runs } from '../../setup/runs.ts';
import { byCodePoint, recordsOf, type SeedRecord, seeds } from '../../setup/seeds.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const { isKind, relationFieldsOf } = cooperation;

// The database plans each of these statements for the first time, on a machine that may be busy.
const server = silkgraph();

const fieldOf = (kind: string, name: string): RelationField => {
  const field = relationFieldsOf(kind).get(name);
  if (!field) throw new Error(`${kind} has no ${name}.`);
  return field;
};

/** Entities of a level of a hierarchy, by the shortest way to its top. */
function atLevel(record: SeedRecord, broader: RelationField, level: number): readonly SeedRecord[] {
  const depth = (each: SeedRecord): number => {
    const above = relatedIn(each, broader);
    return above.length === 0 ? 0 : 1 + Math.min(...above.map(({ far }) => depth(far)));
  };
  return reachedIn(record, broader, { minHops: 0 }).filter((each) => depth(each) === level);
}

const hierarchies: Readonly<Record<string, string>> = {
  Area: 'broader',
  Institution: 'parentInstitution',
  Program: 'partOf',
  Platform: 'branchOf',
};

/** The different values at the end of a key, by a plain reading of the seeds. */
function valuesAt(kind: Kind, record: SeedRecord, key: Input, via?: Edge): readonly Value[] {
  const { by, edge, filter, level, ...further } = key;
  if (filter && !fits(record, filter as Input, via)) return [];
  const here = typeof level === 'number' ? atLevel(record, fieldOf(kind, String(hierarchies[kind])), level) : [record];
  const [[name, operand] = []] = Object.entries(further);
  const found = here.flatMap((each): readonly Value[] => {
    if (edge) {
      const [, property = '', period] = /^(.*?)(_YEAR|_MONTH)?$/.exec(String(edge)) ?? [];
      const value = via?.properties[property.toLowerCase()] as string | undefined;
      return value && period ? [value.slice(0, 4)] : [value ?? null];
    }
    if (by) return keyValues(kind, each, String(by));
    if (name === undefined) return [each.id];
    const field = fieldOf(kind, name);
    return relatedIn(each, field).flatMap((one) => valuesAt(field.target as Kind, one.far, operand as Input, one));
  });
  return [...new Set(found.filter((value) => value !== null))];
}

interface Question {
  readonly keys: readonly Input[];
  readonly filter: Input;
  readonly counted: Input;
}

/** Groups as they are answered, with what is counted in each. */
function groupsIn(kind: Kind, { keys, filter, counted }: Question) {
  const groups = new Map<string, { readonly values: readonly Value[]; readonly records: SeedRecord[] }>();
  for (const record of recordsOf(kind).filter((each) => fits(each, filter))) {
    const each = keys.map((key) => {
      const values = valuesAt(kind, record, key);
      return values.length > 0 ? values : [null];
    });
    const combinations = each.reduce<readonly (readonly Value[])[]>(
      (before, values) => before.flatMap((start) => values.map((value) => [...start, value])),
      [[]],
    );
    for (const values of combinations) {
      const group = groups.get(JSON.stringify(values)) ?? { values, records: [] };
      group.records.push(record);
      groups.set(JSON.stringify(values), group);
    }
  }
  const order = (left: readonly Value[], right: readonly Value[]): number => {
    for (const [index, value] of left.entries()) {
      const other = right[index] ?? null;
      if (value === other) continue;
      if (value === null || other === null) return value === null ? 1 : -1;
      return typeof value === 'string' ? byCodePoint(value, String(other)) : Number(value) - Number(other);
    }
    return 0;
  };
  return [...groups.values()]
    .sort((left, right) => right.records.length - left.records.length || order(left.values, right.values))
    .map(({ values, records }) => {
      const matching = records.filter((record) => fits(record, counted)).length;
      return {
        count: records.length,
        matching,
        share: matching / records.length,
        keys: values.map((value) => ({ value: value === null ? null : String(value) })),
      };
    });
}

const filterOf = (kind: Kind): fc.Arbitrary<Input> => {
  const relations = [...relationFieldsOf(kind).values()].filter(({ target }) => isKind(target));
  return fc.oneof(
    fc.constant({}),
    fc.constantFrom(...recordsOf(kind)).map(({ name }): Input => ({ name: { gte: name } })),
    fc
      .tuple(fc.constantFrom(...relations), fc.constantFrom('some', 'none'))
      .map(([{ name }, quantifier]): Input => ({ [name]: { [quantifier]: {} } })),
  );
};

/** A key that follows at most this number of relations. */
function keyOf(kind: Kind, steps: number, leads: boolean): fc.Arbitrary<Input> {
  const onward = [...relationFieldsOf(kind).values()].flatMap(({ name, target }) =>
    isKind(target) && target !== 'Source' ? [{ name, target: target as Kind }] : [],
  );
  const level = Object.hasOwn(hierarchies, kind) ? fc.option(fc.nat(2), { nil: undefined }) : fc.constant(undefined);
  const filter = leads ? fc.option(filterOf(kind), { nil: undefined, freq: 1 }) : fc.constant(undefined);
  const end = fc.oneof(
    fc.constant({}),
    fc.constantFrom(...keysOf(kind).filter((by) => by !== 'SOURCES')).map((by): Input => ({ by })),
  );
  const way =
    steps === 0
      ? end
      : fc.oneof(
          { weight: 1, arbitrary: end },
          {
            weight: 2,
            arbitrary: fc
              .constantFrom(...onward)
              .chain(({ name, target }) => keyOf(target, steps - 1, true).map((key): Input => ({ [name]: key }))),
          },
        );
  return fc
    .tuple(way, level, filter)
    .map(([on, at, only]): Input => ({ ...on, ...(at !== undefined && { level: at }), ...(only && { filter: only }) }));
}

const document = (kind: Kind) => `query ($keys: [${kind}Key!], $filter: ${kind}Filter, $counted: ${kind}Filter!) {
  page: ${kinds[kind].plural}GroupBy(keys: $keys, filter: $filter, first: 100) {
    totalCount nodes { count matching: count(filter: { ${kinds[kind].singular}: $counted }) share(filter: { ${kinds[kind].singular}: $counted }) keys { value } }
  } }`;

const asFollowed = (key: Input) =>
  JSON.stringify(key).replace(/"by":"(\w+)"/g, (_, by: string) => `"${camelCase(by)}":{}`);

describe('keys that follow relations', () => {
  it.each(casesOf<Kind>('Program', 'Lab', 'Country', 'Event', 'Institution'))(
    'from %s, by any way, give what a plain grouping of the seeds gives',
    async (kind) => {
      const question = fc
        .record({
          keys: fc.array(keyOf(kind, 2, false), { minLength: 1, maxLength: 2 }),
          filter: filterOf(kind),
          counted: filterOf(kind),
        })
        // Equal keys give pairs, which another test is about; a relation by its name is one that is followed.
        .filter(({ keys }) => new Set(keys.map(asFollowed)).size === keys.length);
      await fc.assert(
        fc.asyncProperty(question, async (asked) => {
          const expected = groupsIn(kind, asked);
          fc.pre(expected.length < 5_000);
          const { page } = await server.data(document(kind), { ...asked });
          expect(page.totalCount).toBe(expected.length);
          expect(page.nodes).toEqual(expected.slice(0, 100));
        }),
        runs(6, 1),
      );
    },
    240_000,
  );

  it('listed twice give pairs of different values, each once', async () => {
    const { labsGroupBy } = await server.data(
      '{ labsGroupBy(by: [AREAS, AREAS], filter: { inScope: { eq: true } }, first: 100) { totalCount nodes { count keys { by value entity { slug } } } } }',
    );
    const pairs = new Map<string, number>();
    for (const lab of recordsOf('Lab').filter(({ inScope }) => inScope)) {
      const areas = relatedIn(lab, fieldOf('Lab', 'areas'))
        .map(({ far }) => far.id)
        .sort(byCodePoint);
      for (const [index, first] of areas.entries())
        for (const second of areas.slice(index + 1))
          pairs.set(`${first} ${second}`, (pairs.get(`${first} ${second}`) ?? 0) + 1);
    }
    expect(labsGroupBy.totalCount).toBe(pairs.size);
    for (const { count, keys } of labsGroupBy.nodes) {
      expect(pairs.get(keys.map(({ value }: { value: string }) => value).join(' '))).toBe(count);
      expect(keys[0].entity.slug).toBe(keys[0].value);
    }
  });

  it('end with a property of a relation', async () => {
    const { programsGroupBy } = await server.data(
      '{ programsGroupBy(keys: [{ participants: { edge: UNTIL_YEAR } }], first: 100) { nodes { count distinct(key: { program: { participants: { filter: { edge: { until: { exists: true } } } } } }) keys { by value } } } }',
    );
    const ended = seeds.relations.filter(({ type, properties }) => type === 'PARTICIPATES_IN' && properties?.until);
    const years = new Map<string, Set<string>>();
    for (const { to, properties } of ended) {
      const year = String(properties?.until).slice(0, 4);
      years.set(year, (years.get(year) ?? new Set()).add(to));
    }
    const found = programsGroupBy.nodes.filter(({ keys: [key] }: { keys: { value: string | null }[] }) => key?.value);
    expect(
      Object.fromEntries(
        found.map(({ count, keys }: { count: number; keys: { value: string }[] }) => [keys[0]?.value, count]),
      ),
    ).toEqual(Object.fromEntries([...years].map(([year, programs]) => [year, programs.size])));
    expect(found[0].keys[0].by).toBe('PARTICIPANTS.EDGE_UNTIL_YEAR');
    expect(years.size).toBeGreaterThan(0);
  });
});

describe('metrics of groups', () => {
  const quantile = (values: readonly number[], at: number) => {
    const sorted = [...values].sort((left, right) => left - right);
    const position = at * (sorted.length - 1);
    const [low = 0, high = 0] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]];
    return low + (high - low) * (position - Math.floor(position));
  };

  it('tell the median, percentiles and the newest of each series', async () => {
    const { indicatorsGroupBy } = await server.data(
      '{ indicatorsGroupBy(by: [SERIES], first: 100) { nodes { keys { value } median(of: VALUE) p90: percentile(of: VALUE, at: 0.9) newest(by: DATE) { slug ... on Indicator { value } } } } }',
    );
    for (const { keys, median, p90, newest } of indicatorsGroupBy.nodes) {
      const records = recordsOf('Indicator').filter(({ series = null }) => series === keys[0].value);
      const values = records.flatMap(({ value }) => (value as number | undefined) ?? []);
      if (values.length === 0) expect([median, p90]).toEqual([null, null]);
      else {
        expect(median).toBeCloseTo(quantile(values, 0.5), 6);
        expect(p90).toBeCloseTo(quantile(values, 0.9), 6);
      }
      const dated = records
        .filter(({ date }) => date)
        .sort((left, right) => byCodePoint(String(left.date), String(right.date)) || byCodePoint(left.id, right.id));
      expect(newest?.slug).toBe(dated.at(-1)?.id);
    }
  });

  it.each([
    ['FIRST_MILESTONE_DATE_YEAR', 'firstMilestoneDate'],
    ['YEAR_RECOGNISED', 'yearRecognised'],
  ])('run on from %s to the next, with those without any', async (key, property) => {
    const { labsGroupBy } = await server.data(
      `{ labsGroupBy(by: [${key}], emptyYears: true, first: 100) { totalCount nodes { count runningCount distinct(key: { lab: { by: AREAS } }) keys { value } } } }`,
    );
    const years = recordsOf('Lab').flatMap(({ [property]: date }) => (date ? [Number(String(date).slice(0, 4))] : []));
    const [first, last] = [Math.min(...years), Math.max(...years)];
    const all = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    const shown = labsGroupBy.nodes.filter(({ keys }: { keys: { value: string | null }[] }) => keys[0]?.value !== null);
    expect(
      shown.map(({ count, runningCount, keys }: { count: number; runningCount: number; keys: { value: string }[] }) => [
        Number(keys[0]?.value),
        count,
        runningCount,
      ]),
    ).toEqual(
      all.map((year) => [
        year,
        years.filter((each) => each === year).length,
        years.filter((each) => each <= year).length,
      ]),
    );
    expect(all.some((year) => !years.includes(year))).toBe(true);
  });

  it('count distinct values under a filter of their own', async () => {
    const { countriesGroupBy } = await server.data(
      `{ countriesGroupBy(by: [REGION], first: 100) { nodes { keys { value }
        all: distinct(key: { country: { by: LABS } })
        designated: distinct(key: { country: { labs: { filter: { designation: { eq: BELT_AND_ROAD_JOINT_LABORATORY } } } } })
      } } }`,
    );
    for (const { keys, all, designated } of countriesGroupBy.nodes) {
      const countries = recordsOf('Country').filter(({ region = null }) => region === keys[0].value);
      const labs = new Map(
        countries.flatMap((country) => relatedIn(country, fieldOf('Country', 'labs')).map(({ far }) => [far.id, far])),
      );
      expect(all).toBe(labs.size);
      expect(designated).toBe(
        [...labs.values()].filter(({ designation }) => designation === 'BELT_AND_ROAD_JOINT_LABORATORY').length,
      );
    }
  });

  it.each([
    [
      'too many keys',
      'labsGroupBy(by: [STATUS, DESIGNATION], keys: [{ areas: {} }, { areas: { level: 0 } }])',
      'at most 3',
    ],
    ['two ways on', 'labsGroupBy(keys: [{ areas: {}, institutions: {} }])', 'one way'],
    [
      'a level where there is no hierarchy',
      'labsGroupBy(keys: [{ partnerCountries: { by: REGION, filter: {} } }, { level: 0 }])',
      'level',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['a level below all', 'labsGroupBy(keys: [{ areas: { level: 99 } }])', '0, the top'],
    [
      'a property that the relation lacks',
      'labsGroupBy(keys: [{ partnerCountries: { edge: SINCE_YEAR } }])',
      'PARTNERS_WITH',
    ],
    [
      'a long way',
      'areasGroupBy(keys: [{ broader: { broader: { broader: { broader: { broader: {} } } } } }])',
      'at most 4',
    ],
    ['the same value twice', 'labsGroupBy(by: [STATUS, STATUS])', 'only one value'],
    ['empty years of what is no year', 'labsGroupBy(by: [STATUS], emptyYears: true)', 'emptyYears'],
    [
      'a place beyond the keys',
      'labsGroupBy(by: [STATUS], orderBy: [{ key: { position: 2, direction: ASC } }])',
      'position',
    ],
  ])('refuse %s', async (_, field, word, code = 'BAD_USER_INPUT') => {
    const { errors } = await server.ask(`{ ${field} { totalCount } }`);
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual([code]);
    expect(errors?.[0]?.message).toContain(word);
  });

  it.each([
    [
      'percentiles beyond the last',
      'indicatorsGroupBy(by: [SERIES]) { nodes { percentile(of: VALUE, at: 1.5) } }',
      '0 to 1',
    ],
    [
      'running counts by several keys',
      'labsGroupBy(by: [STATUS, DESIGNATION]) { nodes { runningCount } }',
      'runningCount',
    ],
    [
      'more metrics than can be answered',
      `labsGroupBy(by: [STATUS]) { nodes { ${Array.from({ length: 21 }, (_, index) => `c${index}: count(filter: { lab: { batch: { eq: ${index} } } })`).join(' ')} } }`,
      'at most 20',
      'LIMIT_EXCEEDED',
    ],
    [
      'distinct values of nothing',
      'labsGroupBy(by: [STATUS]) { nodes { distinct } }',
      'argument "key"',
      'GRAPHQL_VALIDATION_FAILED',
    ],
  ])('refuse %s', async (_, query, word, code = 'BAD_USER_INPUT') => {
    const { errors } = await server.ask(`{ ${query} }`);
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual([code]);
    expect(errors?.[0]?.message).toContain(word);
  });
});
