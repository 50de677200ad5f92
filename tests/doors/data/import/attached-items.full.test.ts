import { describe, expect, it } from 'vitest';
import { importFiles } from '../../../../src/doors/data/import/import-files.ts';
import { dataFolder } from '../data-folder.ts';
import { exported } from '../exported.ts';
import { ownGraph } from '../own-graph.ts';
import { smallData } from '../small-data.ts';

const own = ownGraph();

const identifier = { entity: 'institute', scheme: 'WIKIDATA', value: 'Q42', match: 'EXACT' };
const location = { entity: 'cn', latitude: 39.9, longitude: 116.4, precision: 'CAPITAL', place: 'Beijing' };

const importData = (files: Record<string, unknown>) =>
  importFiles(own.graph, [
    dataFolder(Object.fromEntries(Object.entries(files).map(([name, rows]) => [name, JSON.stringify(rows)]))),
  ]);

const { 'sources.jsonl': sources, ...others } = smallData;
const data = { ...others, 'sources.json': sources };

const faultsOf = async (files: Record<string, unknown>): Promise<string> =>
  importData({ ...data, ...files }).then(
    () => '',
    (error: Error) => error.message,
  );

describe('files of identifiers and places', () => {
  it('join the records of their entities, and are exported with them', async () => {
    const files = { ...data, 'identifiers.json': [identifier], 'locations.json': [location] };
    await importData(files);
    const { 'institutions.json': text = '' } = await exported(own.graph, 'json');
    const records = JSON.parse(text);
    const { entity: _, ...rest } = identifier;
    expect(records.find(({ id }: { id: string }) => id === 'institute').identifiers).toEqual([rest]);
    const again = await importData(files);
    expect([...again.tallies.values()].every(({ created, updated }) => created + updated === 0)).toBe(true);
  });

  it('may be tables', async () => {
    const columns = ['entity', 'latitude', 'longitude', 'precision', 'place'] as const;
    const table = `${columns.join(',')}\r\n${columns.map((name) => location[name]).join(',')}\r\n`;
    const files = { ...smallData, 'identifiers.csv': 'entity,scheme,value,match\ninstitute,WIKIDATA,Q42,EXACT\n' };
    await importFiles(own.graph, [dataFolder({ ...files, 'locations.csv': table })]);
    const held = await exported(own.graph, 'json');
    const found = (name: string, id: string) =>
      JSON.parse(held[name] ?? '').find((record: { readonly id: string }) => record.id === id);
    const [{ entity: _, ...anIdentifier }, { entity: __, ...aLocation }] = [identifier, location];
    expect(found('institutions.json', 'institute').identifiers).toEqual([anIdentifier]);
    expect(found('countries.json', 'cn').locations).toEqual([aLocation]);
    const misspelt = dataFolder({ ...files, 'locations.csv': 'entity,latitudes\ncn,1\n' });
    await expect(importFiles(own.graph, [misspelt])).rejects.toThrow('did you mean latitude?');
    const semicolons = dataFolder({ ...files, 'locations.csv': table.replaceAll(',', ';') });
    await expect(importFiles(own.graph, [semicolons])).rejects.toThrow('columns are separated by commas');
    const wrong = dataFolder({ ...files, 'locations.csv': table.replace('116.4', '300') });
    await expect(importFiles(own.graph, [wrong])).rejects.toThrow('(WGS 84), found 300 in locations.csv, line 2.');
  });

  it('change nothing where only the order of their fields differs', async () => {
    const inOrder = { ...data, 'locations.json': [location] };
    const turned = { ...data, 'locations.json': [Object.fromEntries(Object.entries(location).toReversed())] };
    await importData(inOrder);
    const stored = () => own.ask("MATCH (country:Country {id: 'cn'}) RETURN country.locations");
    const before = await stored();
    const again = await importData(turned);
    expect([...again.tallies.values()].every(({ created, updated }) => created + updated === 0)).toBe(true);
    expect(await stored()).toEqual(before);
    // As it was stored by an earlier version.
    const { entity: _, ...place } = location;
    const text = JSON.stringify([Object.fromEntries(Object.entries(place).toReversed())]);
    await own.ask("MATCH (country:Country {id: 'cn'}) SET country.locations = $text", { text });
    const last = await importData(inOrder);
    expect([...last.tallies.values()].every(({ created, updated }) => created + updated === 0)).toBe(true);
  });

  it('are refused if they name an entity of which the files have no record, or break a rule', async () => {
    expect(await faultsOf({ 'identifiers.json': [{ ...identifier, entity: 'nobody' }] })).toContain('nobody');
    expect(await faultsOf({ 'identifiers.json': [{ ...identifier, value: '42' }] })).toContain('WIKIDATA');
    expect(await faultsOf({ 'locations.json': [{ ...location, longitude: 300 }] })).toContain(
      '(WGS 84), found 300 in locations.json, record 1.',
    );
    const [institute, ...others] = data['institutions.json'];
    const wrong = [{ ...institute, identifiers: 'Q42' }, ...others];
    expect(await faultsOf({ 'institutions.json': wrong, 'identifiers.json': [identifier] })).toContain('found "Q42"');
    expect(await faultsOf({ 'locations.json': ['x'] })).toContain('the id of an entity');
    expect(await own.counts()).toEqual({});
  });
});
