import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { foldText } from '../../../src/engine/search/folding.ts';
import { isWithin, mostDated, timeIn, yearsIn } from '../../../src/engine/search/meanings/times.ts';
import { tokensOf } from '../../../src/engine/search/meanings/tokens.ts';
import { bookshop } from '../../setup/bookshop.ts';

const time = (text: string, ...kinds: readonly string[]) => timeIn(tokensOf(foldText(text)), kinds, cooperation);
const recognised = new Set(['yearRecognised', 'recognisedDate']);

describe('the time that a search means', () => {
  it.each([
    ['labs 2019', 2019, 2019],
    ['labs after 2019', 2020, 2999],
    ['labs since 2019', 2019, 2999],
    ['labs before 2019', 1000, 2018],
    ['labs until 2019', 1000, 2019],
    ['labs between 2018 and 2020', 2018, 2020],
    ['2019年以后的实验室', 2020, 2999],
    ['2019年后的实验室', 2020, 2999],
    ['2019年之前的实验室', 1000, 2018],
    ['2019年以来的实验室', 2019, 2999],
  ])('is in "%s" from %i to %i', (text, from, until) => {
    expect(time(text, 'Lab')).toMatchObject({ from, until });
  });

  it.each(['labs', 'labs for 20 years', 'labs of 12019'])('is none in "%s"', (text) => {
    expect(time(text, 'Lab')).toBeNull();
  });

  it('is of the dates that its words name, if the kinds that it names have them', () => {
    expect(time('labs recognised in 2019', 'Lab')?.properties).toEqual(recognised);
    expect(time('2019年认定的实验室', 'Lab')?.properties).toEqual(recognised);
    expect(time('labs launched in 2019', 'Lab')?.properties).toEqual(
      new Set([...recognised, 'firstMilestoneDate', 'openedDate']),
    );
    expect(time('labs unveiled in 2019', 'Lab')?.properties).toEqual(new Set(['openedDate']));
    expect(time('launched in 2019')?.properties).toEqual(new Set(['launched', 'launchedYear']));
  });

  it('is none of a kind or an ontology without such dates', () => {
    expect(time('areas 2019', 'Area')).toBeNull();
    expect(timeIn(tokensOf('books 2019'), [], bookshop.ontology)).toBeNull();
  });

  it('contains dates by their year', () => {
    const found = time('labs recognised after 2019', 'Lab');
    const within = (name: string, value: string) => found && isWithin(found, name, value);
    expect(within('recognisedDate', '2020-06')).toBe(true);
    expect(within('yearRecognised', '2019')).toBe(false);
    expect(within('firstMilestoneDate', '2020')).toBe(false);
  });

  it('costs the reading of all entities that may have such a date, up to a number of each kind', () => {
    const counts = { ontology: cooperation, entities: { Lab: 30_000, Event: 12 }, relations: {}, citing: {} };
    expect(mostDated('labs after 2019', counts)).toBe(10_012);
    expect(mostDated('labs', counts)).toBe(0);
  });

  it('is marked by its years, of which there are few', () => {
    expect(yearsIn({ from: 2018, until: 2020 })).toEqual(['2018', '2019', '2020']);
    expect(yearsIn({ from: 2020, until: 2999 })).toHaveLength(50);
    expect(yearsIn({ from: 1000, until: 2019 }).at(-1)).toBe('2019');
  });
});
