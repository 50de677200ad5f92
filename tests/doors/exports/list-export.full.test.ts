import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { readPage } from '../../setup/pages.ts';
import { seeds } from '../../setup/seeds.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const server = silkgraph();

const get = (parameters: Record<string, string>) =>
  server.fetch(new Request(`http://silkgraph/export?${new URLSearchParams(parameters)}`));

const rowsOf = async (parameters: Record<string, string>): Promise<Record<string, string>[]> => {
  const response = await get({ format: 'csv', ...parameters });
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return parse(text, { columns: true });
};

describe('a list at an address', () => {
  it('is a table of all its pages, with the columns that are named', async () => {
    const rows = await rowsOf({
      list: 'labs',
      fields: 'slug,name,partnerCountries.name',
      orderBy: '[{"slug": "ASC"}]',
    });
    expect(rows).toHaveLength(seeds.entities.Lab.length);
    expect(rows.find(({ slug }) => slug === 'china-kenya-joint-laboratory-for-crop-molecular-biology')).toEqual({
      slug: 'china-kenya-joint-laboratory-for-crop-molecular-biology',
      name: 'China-Kenya Joint Laboratory for Crop Molecular Biology',
      'partnerCountries.name': 'Kenya',
    });
    expect(rows.map(({ slug }) => slug)).toEqual(rows.map(({ slug }) => slug).toSorted());
  });

  it('has the name of its list, and all values unless some are named', async () => {
    const response = await get({ format: 'csv', list: 'parks' });
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="parks.csv"');
    expect(await response.text()).toMatch(/^slug,name,/);
  });

  it('has numbers below zero as numbers, also those of lists', async () => {
    const fields = 'code,locations.latitude,locations.longitude';
    const rows = await rowsOf({ list: 'countries', fields });
    const [place] = seeds.locations.filter(({ entity }) => entity === 'ar');
    expect(rows.find(({ code }) => code === 'AR')).toEqual({
      code: 'AR',
      'locations.latitude': String(place?.latitude),
      'locations.longitude': String(place?.longitude),
    });
    expect(place?.latitude).toBeLessThan(0);
  });

  it.each(['json', 'jsonl'])('has all its pages as %s', async (format) => {
    const slugs = async (filter: unknown) => {
      const parameters = { format, list: 'institutions', fields: 'slug', filter: JSON.stringify(filter) };
      const text = await (await get(parameters)).text();
      if (format === 'json') return JSON.parse(text).institutions.nodes;
      return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
    };
    const all = await slugs({});
    expect(all).toHaveLength(seeds.entities.Institution.length);
    expect(all).toContainEqual({ slug: 'egerton-university' });
    expect(await slugs({ slug: { eq: 'nowhere' } })).toEqual([]);
  });

  it('is filtered, and follows relations to one and to many', async () => {
    const filter = JSON.stringify({ designation: { eq: 'BELT_AND_ROAD_JOINT_LABORATORY' } });
    const names = (await rowsOf({ list: 'labs', filter, fields: 'name' })).map(({ name }) => name);
    const designated = seeds.entities.Lab.filter(({ designation }) => designation === 'BELT_AND_ROAD_JOINT_LABORATORY');
    expect(names.toSorted()).toEqual(designated.map(({ name }) => name).toSorted());
    const [row] = await rowsOf({
      list: 'institutions',
      filter: JSON.stringify({ slug: { eq: 'egerton-university' } }),
      fields: 'name, country.name, labs.areas.name, country',
    });
    expect(row).toMatchObject({ name: 'Egerton University', 'country.name': 'Kenya' });
    expect(row?.['labs.areas.name']?.split(';')).toContain('Crop science');
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['of a list that is none', { list: 'ships' }, /There is no list ships\. The lists are areas, countries/],
    ['of a field that is none', { list: 'labs', fields: 'name,colour' }, /Lab has no field colour\. Its fields are/],
    ['of what has parts', { list: 'labs', fields: 'milestones' }, /Choose from milestones\.date, milestones\./],
    ['of what is behind a value', { list: 'labs', fields: 'name.length' }, /name of Lab is a value/],
    ['of too long a path', { list: 'labs', fields: 'areas.labs.areas.labs.name' }, /at most 4 names/],
    [
      'of too many fields',
      { list: 'labs', fields: Array.from({ length: 51 }, () => 'name').join() },
      /at most 50 fields/,
    ],
    ['with a filter that is no JSON', { list: 'labs', filter: '{' }, /`filter` must be JSON/],
    ['with a filter of no field', { list: 'labs', filter: '{"colour": {"eq": "red"}}' }, /colour/],
    ['with an unknown parameter', { list: 'labs', colour: 'red' }, /A list takes format, list, fields/],
    ['in no format', { list: 'labs', format: 'xls' }, /The formats are/],
    ['as a file that is no table', { list: 'labs', format: 'gexf' }, /is exported as json, jsonl, csv/],
  ])('%s is refused with what there is', async (_, parameters, message) => {
    const response = await get({ format: 'csv', ...parameters });
    expect(response.status).toBe(400);
    expect((await response.json()).errors[0].message).toMatch(message);
  });

  it('is read by the lines for Python', async () => {
    const { blocks } = readPage('docs/spreadsheets.md');
    const code = blocks.find(({ language, info }) => language === 'python' && info === 'plain')?.text ?? '';
    // What the address answers, without a port: the lines themselves are what is tried.
    const address = /address = "([^"]+)"/.exec(code)?.[1] ?? '';
    const { search } = new URL(address);
    const text = await (await server.fetch(new Request(`http://silkgraph/export${search}`))).text();
    const data = `data:text/csv;base64,${Buffer.from(text).toString('base64')}`;
    const { stdout } = await promisify(execFile)('python3', ['-c', code.replace(address, data)]);
    expect(stdout).toMatch(new RegExp(`^${seeds.entities.Lab.length} .+ \\['`));
  });
});
