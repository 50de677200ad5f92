import { describe, expect, it } from 'vitest';
import { knownOf, type Total } from '../../../../src/pages/explorer/api/totals.ts';
import { listedKind } from '../../../../src/pages/explorer/settings/known.ts';
import '../cooperation-settings.ts';

const kindNamed = (field: string) => {
  const found = listedKind(field);
  if (!found) throw new Error(`There is no list ${field}.`);
  return found;
};
const totals = (held: number, expected: number): readonly Total[] =>
  ['labs', 'countries', 'platforms'].flatMap((field) =>
    kindNamed(field).kind.list.totals.map(({ counted }) => ({
      ...{ counted, held, expected, qualifier: 'OVER', figure: null },
    })),
  );
const designation = (value: string) => ({ facet: 'designation', value });
const designated = designation('BELT_AND_ROAD_JOINT_LABORATORY');
const batch = (value: string) => ({ facet: 'batch', value });
const known = (field: string, where: Parameters<typeof knownOf>[1], held = 31, expected = 70) =>
  knownOf(kindNamed(field), where, totals(held, expected));

describe('what is known of a list', () => {
  it('is the recorded part of the published total, also where the list has others or less', () => {
    const said =
      'Officially designated Belt and Road Joint Laboratories: 31 of over 70 known. The others are not in this dataset, or not recorded as such.';
    for (const where of [[], [designated], [designated, batch('4')], [batch('1'), batch('2')]])
      expect(known('labs', where)).toBe(said);
  });

  it('is the part of the narrowest total that the list is in', () => {
    for (const where of [[batch('1')], [batch('1'), designated]])
      expect(known('labs', where)).toMatch(/^Laboratories of the first batch \(2019\): 31 of over 70 known/);
  });

  it('is not said of other entities than were counted', () => {
    expect(known('labs', [designation('PLANNED')])).toBeUndefined();
    expect(known('countries', [])).toBeUndefined();
    expect(known('countries', [{ facet: 'labs.designation', value: 'BELT_AND_ROAD_JOINT_LABORATORY' }])).toMatch(
      /^Partner countries .*: 31 of over 70 known/,
    );
    expect(known('institutions', [])).toBeUndefined();
  });

  it('does not call more than were reported a share of them', () => {
    expect(known('platforms', [], 15, 10)).toMatch(/15 in this dataset, .* reported officially\. They may not be/);
  });
});
