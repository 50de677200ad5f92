import { expect, it } from 'vitest';
import { settings } from '../../../../src/pages/explorer/settings/known.ts';
import type { Bars } from '../../../../src/pages/explorer/timeline/held.ts';
import { saidOf } from '../../../../src/pages/explorer/timeline/said.ts';
import '../cooperation-settings.ts';

const said = (count: number) => {
  const names = settings().kinds.Park;
  if (!names) throw new Error('There is no kind Park.');
  const entities = Array.from({ length: count }, (_, index) => ({ slug: `park-${index}`, __typename: 'Park' }));
  return saidOf({ kind: 'PARK', field: 'parks', names, entities } as unknown as Bars, 'parks');
};

it('says how many entities have no year, in the singular of one and with separators', () => {
  expect(said(1)).toBe('1 park, 1 of them without a year and so not shown.');
  expect(said(1_200)).toBe('1,200 parks, 1,200 of them without a year and so not shown.');
});
