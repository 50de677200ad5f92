import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { byCodePoint, byName, recordsOf, type SeedRecord, seeds } from './setup/seeds.ts';

/** Answers that `tests/examples.full.test.ts` holds the server to, computed a second time by plain loops over the seeds. */
const answerOf = (name: string) =>
  JSON.parse(readFileSync(new URL(`../examples/${name}.json`, import.meta.url), 'utf8'));

const targets = (type: string, from: string) =>
  seeds.relations.flatMap((relation) => (relation.type === type && relation.from === from ? [relation.to] : []));
const starts = (type: string, to: string) =>
  seeds.relations.flatMap((relation) => (relation.type === type && relation.to === to ? [relation.from] : []));
const named = (kind: Parameters<typeof recordsOf>[0], slug: string): SeedRecord => {
  const record = recordsOf(kind).find(({ id }) => id === slug);
  if (!record) throw new Error(`There is no ${slug}.`);
  return record;
};
const inScope = recordsOf('Lab').filter((lab) => lab.inScope);

interface Group {
  readonly count: number;
  readonly keys: readonly { readonly value: string | null }[];
}
const countsOf = (nodes: readonly Group[]) =>
  Object.fromEntries(nodes.map(({ keys, count }) => [keys.map(({ value }) => value).join(' '), count]));

function tally(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

const withAllAbove = (area: string): readonly string[] => [area, ...targets('BROADER', area).flatMap(withAllAbove)];
const withAllBelow = (area: string): readonly string[] => [area, ...starts('BROADER', area).flatMap(withAllBelow)];
const regionsOf = (lab: SeedRecord) => [
  ...new Set(targets('PARTNERS_WITH', lab.id).map((country) => String(named('Country', country).region))),
];

describe('the answer to', () => {
  it('which research areas meet in one laboratory is what the seeds say', () => {
    const pairs = inScope.flatMap((lab) => {
      const areas = [...new Set(targets('RESEARCHES', lab.id))].sort(byCodePoint);
      return areas.flatMap((first, index) => areas.slice(index + 1).map((second) => `${first} ${second}`));
    });
    const counts = tally(pairs);
    const { labsGroupBy } = answerOf('29-research-areas-that-meet');
    expect(labsGroupBy.totalCount).toBe(Object.keys(counts).length);
    const most = Object.entries(counts)
      .sort(([left, many], [right, few]) => few - many || byCodePoint(left, right))
      .slice(0, 10);
    expect(labsGroupBy.nodes.map(({ count }: Group) => count)).toEqual(most.map(([, count]) => count));
    const names = most.map(([pair]) => pair.split(' ').map((area) => ({ entity: { name: named('Area', area).name } })));
    expect(labsGroupBy.nodes.map(({ keys }: Group) => keys)).toEqual(names);
  });

  it('top areas by world region is what the seeds say', () => {
    const cells = inScope.flatMap((lab) => {
      const above = new Set(targets('RESEARCHES', lab.id).flatMap(withAllAbove));
      const tops = [...above].filter((area) => targets('BROADER', area).length === 0);
      return tops.flatMap((top) => regionsOf(lab).map((region) => `${top} ${region}`));
    });
    const counts = tally(cells);
    const shown = countsOf(answerOf('30-top-areas-by-world-region').labsGroupBy.nodes);
    const known = Object.fromEntries(
      Object.entries(shown).filter(([cell]) => cell.split(' ').every((part) => part !== '')),
    );
    expect(Object.keys(known).length).toBeGreaterThan(8);
    expect(known).toEqual(Object.fromEntries(Object.keys(known).map((cell) => [cell, counts[cell]])));
    expect(Math.max(...Object.values(known))).toBe(Math.max(...Object.values(counts)));
  });

  it('the newest figure of each series is what the seeds say', () => {
    const { nodes } = answerOf('31-newest-figure-of-each-series').indicatorsGroupBy;
    const series = tally(recordsOf('Indicator').flatMap(({ series }) => (series ? [String(series)] : [])));
    expect(countsOf(nodes)).toEqual(Object.fromEntries(Object.entries(series).filter(([, count]) => count >= 4)));
    for (const { keys, newest } of nodes) {
      const dates = recordsOf('Indicator').flatMap((figure) =>
        figure.series === keys[0].value && figure.date ? [String(figure.date)] : [],
      );
      expect(newest?.date).toBe(dates.sort(byCodePoint).at(-1));
    }
  });

  it('which laboratories have no official source is what the seeds say', () => {
    const lacks = (lab: SeedRecord) =>
      !targets('CITES', lab.id).some((source) =>
        ['OFFICIAL', 'INSTITUTION'].includes(String(named('Source', source).type)),
      );
    const { nodes } = answerOf('32-labs-without-an-official-source').labsGroupBy;
    const asia = inScope.filter((lab) => regionsOf(lab).includes('ASIA'));
    const found = nodes.find(({ keys }: Group) => keys[0]?.value === 'ASIA');
    expect(found).toMatchObject({ count: asia.length, withoutOfficialSource: asia.filter(lacks).length });
    for (const { count, share, withoutOfficialSource, keys } of nodes) {
      const [{ value }] = keys;
      const labs = inScope.filter((lab) =>
        value === null ? regionsOf(lab).length === 0 : regionsOf(lab).includes(value),
      );
      expect([count, withoutOfficialSource]).toEqual([labs.length, labs.filter(lacks).length]);
      expect(share).toBeCloseTo(withoutOfficialSource / count, 12);
    }
  });

  it.each([
    ['labs', 'Lab', 'firstMilestoneDate'],
    ['programs', 'Program', 'launchedYear'],
    ['platforms', 'Platform', 'foundedYear'],
    ['events', 'Event', 'startDate'],
  ] as const)('how many %s there were each year is what the seeds say', (name, kind, property) => {
    const years = recordsOf(kind).flatMap((record) =>
      record[property] ? [Number(String(record[property]).slice(0, 4))] : [],
    );
    const shown = answerOf('33-activity-per-year')[name].nodes.filter(({ keys }: Group) => keys[0]?.value);
    expect(shown.length).toBeGreaterThan(5);
    for (const { keys, count, runningCount } of shown) {
      const year = Number(keys[0].value);
      expect([year, count, runningCount]).toEqual([
        ...[year, years.filter((each) => each === year).length, years.filter((each) => each <= year).length],
      ]);
    }
  });

  it('which areas are promised but not worked on is what the seeds say', () => {
    const worked = new Set(seeds.relations.flatMap(({ type, to }) => (type === 'RESEARCHES' ? [to] : [])));
    const expected = recordsOf('Area')
      .filter(({ id }) => starts('COVERS', id).length > 0 && !withAllBelow(id).some((area) => worked.has(area)))
      .sort(byName);
    const { totalCount, nodes } = answerOf('34-areas-promised-but-not-worked-on').areas;
    expect(totalCount).toBe(expected.length);
    expect(nodes.map(({ name }: SeedRecord) => name)).toEqual(expected.map(({ name }) => name));
  });

  it('which countries rely on one institution is what the seeds say', () => {
    const academy = 'chinese-academy-of-sciences';
    const institutes = new Set([academy, ...starts('UNIT_OF', academy)]);
    const expected = recordsOf('Country')
      .filter(({ id }) => {
        const labs = starts('PARTNERS_WITH', id);
        return labs.length > 0 && labs.every((lab) => targets('HOSTED_BY', lab).some((host) => institutes.has(host)));
      })
      .sort(byName);
    const { nodes } = answerOf('35-countries-that-rely-on-one-institution').countries;
    expect(nodes.map(({ name }: SeedRecord) => name)).toEqual(expected.map(({ name }) => name));
  });

  it('which countries left the Initiative is what the seeds say', () => {
    const left = seeds.relations.filter(
      ({ type, to, properties }) =>
        type === 'PARTICIPATES_IN' && to === 'belt-and-road-initiative' && properties?.status === 'WITHDRAWN',
    );
    const { edges } = answerOf('36-countries-that-left-the-initiative').program.participants;
    const facts = edges.map(({ until, node }: { until: string | null; node: SeedRecord }) => `${node.name} ${until}`);
    expect(facts.sort()).toEqual(
      left.map(({ from, properties }) => `${named('Country', from).name} ${properties?.until ?? null}`).sort(),
    );
  });

  it('how many members there were on the day of each official count is what the seeds say', () => {
    const { match } = answerOf('37-members-on-the-day-of-each-count');
    const memberships = seeds.relations.filter(
      ({ type, to, properties }) =>
        type === 'PARTICIPATES_IN' &&
        to === 'belt-and-road-initiative' &&
        ['PARTICIPANT', 'WITHDRAWN'].includes(String(properties?.status)),
    );
    const expected = recordsOf('Indicator')
      .filter(({ series }) => series === 'bri-signatory-countries')
      .toSorted((left, right) => byCodePoint(String(left.date), String(right.date)))
      .map(({ date, value }) => {
        const members = memberships.filter(({ properties = {} }) => {
          const { since, until } = properties;
          return since && String(since) <= String(date) && (!until || String(until) > String(date));
        }).length;
        return { date, official: value, members, gap: Number(value) - members };
      });
    expect(match.nodes).toEqual(expected);
    expect(expected.length).toBeGreaterThan(8);
  });

  it('where a laboratory was there before membership is what the seeds say', () => {
    const { before, all } = answerOf('38-labs-before-membership');
    const dayOf = (date: string) => Date.parse(`${date}${'-01'.repeat((10 - date.length) / 3)}T00:00:00Z`) / 86_400_000;
    const lags = recordsOf('Country').flatMap(({ id, briMouDate, region }) => {
      const dates = starts('PARTNERS_WITH', id).flatMap((lab) => {
        const { inScope: isIn, firstMilestoneDate } = named('Lab', lab);
        return isIn && firstMilestoneDate ? [String(firstMilestoneDate)] : [];
      });
      const first = dates.sort(byCodePoint)[0];
      if (!first || !briMouDate) return [];
      return [{ id, first, region: String(region), lag: (dayOf(first) - dayOf(String(briMouDate))) / 365.2425 }];
    });
    const early = lags.filter(({ lag }) => lag < 0).sort((left, right) => left.lag - right.lag);
    expect(before).toEqual({
      totalCount: early.length,
      nodes: early.map(({ id, first, lag }) => ({ entity: { slug: id }, first, lag: expect.closeTo(lag, 9) })),
    });
    const groups = new Map<string, { count: number; median: number }>(
      all.groups.nodes.map(({ keys, count, median }: { keys: string[]; count: number; median: number }) => [
        String(keys[0]),
        { count, median },
      ]),
    );
    expect([...groups.keys()].sort()).toEqual([...new Set(lags.map(({ region }) => region))].sort());
    for (const [region, group] of groups) {
      const values = lags
        .flatMap((one) => (one.region === region ? [one.lag] : []))
        .sort((left, right) => left - right);
      const middle = [Math.floor, Math.ceil].map((round) => Number(values[round((values.length - 1) / 2)]));
      expect(group).toEqual({
        count: values.length,
        median: expect.closeTo((Number(middle[0]) + Number(middle[1])) / 2, 9),
      });
    }
  });

  it('which targets were reached is what the seeds say', () => {
    const subjects = (id: string) =>
      ['MEASURES', 'MEASURES_PARK', 'MEASURES_AREA', 'MEASURES_PLATFORM'].flatMap((type) => targets(type, id));
    const figures = recordsOf('Indicator').filter(({ type, date }) => type === 'ACTUAL' && date);
    const expected = recordsOf('Indicator').flatMap((target) => {
      if (target.type !== 'TARGET' || !target.date) return [];
      const of = new Set(subjects(target.id));
      const reaching = figures
        .filter(
          ({ id, series, date, value }) =>
            series === target.series &&
            String(date) > String(target.date) &&
            Number(value) >= Number(target.value) &&
            subjects(id).some((subject) => of.has(subject)),
        )
        .sort((left, right) => byCodePoint(String(left.date), String(right.date)));
      return reaching
        .filter(({ date }) => date === reaching[0]?.date)
        .map((figure) => ({ target: { name: target.name }, figure: { name: figure.name } }));
    });
    const { match } = answerOf('39-targets-reached');
    expect(match.totalCount).toBe(expected.length);
    expect(match.nodes).toHaveLength(expected.length);
    expect(match.nodes).toEqual(expect.arrayContaining(expected));
  });
});
