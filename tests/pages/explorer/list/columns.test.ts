import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { filledColumns, sheetOfRows, shownColumns } from '../../../../src/pages/explorer/list/columns.ts';
import { listedKind } from '../../../../src/pages/explorer/list/selection.ts';
import { addressOf, firstView } from '../../../../src/pages/explorer/navigation/address.ts';
import { readAddress } from '../../../../src/pages/explorer/navigation/read-address.ts';
import { card } from '../cards.ts';
import '../cooperation-settings.ts';

beforeAll(() => void vi.stubGlobal('location', { href: 'https://data.example.org/explore' }));
afterAll(() => void vi.unstubAllGlobals());

const labs = listedKind('labs');
if (!labs) throw new Error('There is no list of labs.');
const row = card('lab', {
  __typename: 'Lab',
  name: 'Lab',
  batch: 1,
  count_partnerCountries: { totalCount: 3, nodes: [card('ke', { name: 'Kenya' }), card('eg', { name: 'Egypt' })] },
});
const namesOf = (view: Parameters<typeof shownColumns>[1]) => shownColumns(labs, view).map(({ name }) => name);

describe('the columns of a list', () => {
  it('are those of the address, and the one that sorts the list', () => {
    expect(namesOf({ columns: ['batch'] })).toEqual(['batch']);
    expect(namesOf({ columns: ['batch'], sort: '-partnerCountries' })).toEqual(['partnerCountries', 'batch']);
    expect(namesOf({ columns: [] })).toEqual([]);
    expect(namesOf({})).toContain('designation');
  });

  it('stand in the address, without those that the list does not have', () => {
    const shown = { ...firstView, page: 'list' as const, list: 'labs', columns: ['batch', 'partnerCountries'] };
    expect(readAddress(addressOf(shown)).view.columns).toEqual(shown.columns);
    expect(readAddress(addressOf({ ...shown, columns: [] })).view.columns).toEqual([]);
    const { view, unread } = readAddress('#/list?of=labs&columns=batch,nonsense');
    expect(view.columns).toEqual(['batch']);
    expect(unread).toEqual(['columns=nonsense']);
  });

  it('are left out where nobody chose them and no row has anything in them', () => {
    const columns = shownColumns(labs, {});
    const filled = filledColumns(columns, [row], '-status').map(({ name }) => name);
    expect(filled).toEqual(['partnerCountries', 'status', 'batch']);
  });
});

describe('an exported list', () => {
  it('names what each relation leads to, with the number and the IDs of all', () => {
    const { columns, rows } = sheetOfRows(labs, [row], shownColumns(labs, { columns: ['partnerCountries'] }));
    const cellOf = (title: string) => rows[0]?.[columns.indexOf(title)];
    expect(cellOf('Partner countries')).toBe('Kenya; Egypt; +1');
    expect(cellOf('Partner countries: number')).toBe(3);
    expect(cellOf('Partner countries: IDs')).toBe('ke; eg; +1');
    expect(cellOf('ID')).toBe('lab');
  });
});
