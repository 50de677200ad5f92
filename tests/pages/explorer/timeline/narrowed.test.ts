import { describe, expect, it } from 'vitest';
import '../cooperation-settings.ts';
import { settings } from '../../../../src/pages/explorer/settings/known.ts';
import { type Bars, filterOfDots, narrowingOf, stepsOf } from '../../../../src/pages/explorer/timeline/held.ts';

const ofKenya = [{ facet: 'partnerCountries', value: 'ke' }];

describe('a narrowed timeline', () => {
  it('counts the first of its kinds, narrowed as the list of that kind', () => {
    expect(narrowingOf({ where: ofKenya })).toMatchObject({ of: { name: 'Lab' }, where: ofKenya });
  });

  it('leaves out filters of a list that it does not count', () => {
    expect(narrowingOf({ list: 'institutions', where: ofKenya })).toMatchObject({ of: { name: 'Lab' }, where: [] });
  });

  it('has the events of its laboratories, and those of the country itself', () => {
    const narrowing = narrowingOf({ where: ofKenya });
    if (!narrowing) throw new Error('The timeline counts nothing.');
    expect(filterOfDots('Event', narrowing)).toEqual({
      or: [
        { concernedLabs: { some: { partnerCountries: { some: { slug: { in: ['ke'] } } } } } },
        { country: { some: { slug: { in: ['ke'] } } } },
      ],
    });
  });

  it('tells the milestones of all its laboratories in the order of their dates, the undated last', () => {
    const lab = (slug: string, ...dates: (string | null)[]) => ({
      ...{ __typename: 'Lab', slug, name: slug },
      milestones: dates.map((date) => ({ date, text: 'Opened' })),
    });
    const names = settings().kinds.Lab as Bars['names'];
    const bars = [
      { kind: 'Lab', field: 'labs', names, entities: [lab('one', '2019', null), lab('two', '2016-10', '2023')] },
    ];
    const steps = stepsOf({ bars, dots: [], figures: [], seriesOf: {} });
    expect(steps.map(({ date, of }) => [date, of?.slug])).toEqual([
      ['2016-10', 'two'],
      ['2019', 'one'],
      ['2023', 'two'],
      [null, 'one'],
    ]);
  });
});
