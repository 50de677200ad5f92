import { describe, expect, it } from 'vitest';
import { compareFiles } from '../../../../src/doors/data/import/compare-files.ts';
import { importFiles } from '../../../../src/doors/data/import/import-files.ts';
import { dataFolder } from '../../../doors/data/data-folder.ts';
import { changedGraph, create } from '../changed-graph.ts';

const own = changedGraph();

const read = async (slug: string, property: string) =>
  (await own.ask(`MATCH (entity:Entity {id: '${slug}'}) RETURN entity.${property}`)).flat()[0] ?? null;

const update = (kind: string, slug: string, properties: Record<string, unknown>) =>
  own.change([{ action: 'UPDATE', kind, slug, properties }]);

const steps = (...dates: (string | undefined)[]) =>
  dates.map((date) => ({ text: 'A step.', ...(date === undefined ? {} : { date }) }));

describe('a value that follows from another one', () => {
  it('is the year of a date, and changes with it', async () => {
    await own.change([create('Platform', 'p1', { foundedDate: '2019-06' })]);
    expect(await read('p1', 'foundedYear')).toBe(2019);
    await update('Platform', 'p1', { foundedDate: '2020' });
    expect(await read('p1', 'foundedYear')).toBe(2020);
    await update('Platform', 'p1', { foundedDate: null });
    expect(await read('p1', 'foundedYear')).toBeNull();
  });

  it('is the earliest date of milestones, some of which have none', async () => {
    await own.change([create('Lab', 'l1', { milestones: steps('2021-05', undefined, '2019') })]);
    expect(await read('l1', 'firstMilestoneDate')).toBe('2019');
    await update('Lab', 'l1', { milestones: steps('2021-05', undefined) });
    expect(await read('l1', 'firstMilestoneDate')).toBe('2021-05');
    await update('Lab', 'l1', { milestones: steps(undefined) });
    expect(await read('l1', 'firstMilestoneDate')).toBeNull();
  });

  it('is the earliest date of the milestones of one type, where it follows from these alone', async () => {
    const milestones = [
      { date: '2019', type: 'AGREED', text: 'Signed.' },
      { date: '2022', type: 'OPENED', text: 'Opened again.' },
      { date: '2021-05', type: 'OPENED', text: 'Opened.' },
      { date: '2018', text: 'Of no type.' },
    ];
    await own.change([create('Lab', 'l3', { milestones })]);
    expect(await read('l3', 'openedDate')).toBe('2021-05');
    expect(await read('l3', 'firstMilestoneDate')).toBe('2018');
    await update('Lab', 'l3', { milestones: milestones.filter(({ type }) => type !== 'OPENED') });
    expect(await read('l3', 'openedDate')).toBeNull();
  });

  it('may be given alone, and gives way to what is recorded later', async () => {
    await own.change([create('Platform', 'p2', { foundedYear: 2018 })]);
    await update('Platform', 'p2', { notes: ['A note.'] });
    expect(await read('p2', 'foundedYear')).toBe(2018);
    await update('Platform', 'p2', { foundedDate: '2017-03-01' });
    expect(await read('p2', 'foundedYear')).toBe(2017);
  });

  it('may be given beside the other, and is refused where it contradicts', async () => {
    await own.change([create('Platform', 'p3', { foundedDate: '2019', foundedYear: 2019 })]);
    const operation = { action: 'UPDATE', kind: 'Platform', slug: 'p3', properties: { foundedYear: 2020 } } as const;
    expect(await own.faults([operation])).toEqual([
      '0 properties foundedYear BAD_USER_INPUT: foundedYear: expected 2019, which follows from foundedDate, or nothing, found 2020.',
    ]);
    expect(await read('p3', 'foundedYear')).toBe(2019);
  });
});

describe('an import', () => {
  const event = { id: 'event', name: 'An event', type: 'FORUM', startDate: '2019-06-20', endDate: '2019-06-21' };
  const files = (more: Record<string, unknown>) => [
    dataFolder({ 'events.json': [{ ...event, online: false, status: 'HELD', ...more }] }),
  ];

  it('adds values that follow, and refuses those that contradict', async () => {
    await expect(importFiles(own.graph, files({ year: 2020 }))).rejects.toThrow(
      'expected 2019, which follows from startDate, or nothing',
    );
    await importFiles(own.graph, files({}));
    expect(await own.ask('MATCH (event:Event) RETURN event.year')).toEqual([[2019]]);
    expect(await compareFiles(own.graph, files({ year: 2019 }))).toEqual([]);
  });
});
