import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inferOntology } from '../../../src/cli/adoption/inference/infer-ontology.ts';
import { printOntology } from '../../../src/cli/adoption/inference/print-ontology.ts';
import { csvMapping } from '../../../src/cli/adoption/profiling/csv-mapping.ts';
import { readTable } from '../../../src/cli/adoption/profiling/csv-table.ts';
import { lookAtCsv } from '../../../src/cli/adoption/profiling/look-at-csv.ts';
import { checkData } from '../../../src/doors/data/import/check-data.ts';
import type { Graph } from '../../../src/engine/graph/graph.ts';
import { type DataFiles, dataFolder } from '../../doors/data/data-folder.ts';
import { heap } from '../../setup/heap.ts';
import { graphOf } from './written-graph.ts';

async function drafted(files: DataFiles) {
  const folder = dataFolder(files);
  const seen = await lookAtCsv(folder);
  const draft = inferOntology(seen);
  const text = printOntology(draft);
  return { folder, text, ontology: graphOf(text).ontology, mapping: csvMapping(draft, seen) };
}

/** The number of records of the files, by the mapping that comes with the draft. */
async function importable({ folder, ontology, mapping }: Awaited<ReturnType<typeof drafted>>): Promise<number> {
  const path = join(dataFolder({}), 'mapping.json');
  writeFileSync(path, JSON.stringify(mapping));
  const graph: Graph = { ontology, read: async () => [], write: () => Promise.reject(new Error('no database')) };
  return (await checkData(graph, [folder], { seeded: false, mapping: path })).records;
}

const prose = (text: string) => text.replaceAll(/\s*\n\s*\/\/ /g, ' ');

const studios = { 'studios.csv': 'id,name\ns1,S\ns2,T\n' };

const films = {
  'movies.csv':
    'id,title,Release Year,premiere,genres,director_id,site\nthe-crossing,The Crossing,1987,1987,drama;noir,ida,https://example.org/a\nnight,Night,1999,1999-03,drama,jan,\n',
  'people.csv': 'Person ID,name,retired\nida,Ida,true\njan,Jan,false\n',
  'acted_in.csv': 'person,movie,roles\nida,night,Anna; Voice\njan,night,Piotr\n',
};

describe('an ontology from CSV files', () => {
  // cspell:disable
  it('keeps the letters of names that ASCII writes as two', async () => {
    const { ontology } = await drafted({
      'œuvres.csv': 'id,name,cœur,ŒIL,Œillet rouge,straße,smørrebrød,suite de\na,A,1,2,3,4,5,a\n',
    });
    expect(ontology.kindNames).toEqual(['Oeuvre']);
    const { plural, properties } = ontology.kind('Oeuvre');
    expect([plural, ...Object.keys(properties)]).toEqual([
      ...['oeuvres', 'coeur', 'oeil', 'oeilletRouge', 'strasse', 'smorrebrod'],
    ]);
  });
  // cspell:enable

  it('takes numbers with an exponent for numbers, and codes for texts', async () => {
    const { ontology } = await drafted({
      'tests.csv': 'id,name,p value,code,repeats\na,A,7.849e-06,12e4,b\nb,B,0.05,7E10,\nc,C,1e-05,1,a\n',
    });
    expect(ontology.kind('Test').properties).toMatchObject({ pValue: { type: 'float' }, code: { type: 'text' } });
  });

  it('counts each relation of a cell that lists several', async () => {
    const { text } = await drafted({
      'tags.csv': 'id,name\nred,Red\nblue,Blue\n',
      'cars.csv': 'id,name,tags\na,A,red;blue\nb,B,red\n',
    });
    expect(text).toContain('// 3 relations.');
  });

  it('has a kind per file, and relations from ids', async () => {
    const { ontology, text } = await drafted(films);
    expect(ontology.kindNames).toEqual(['Movie', 'Person']);
    expect(ontology.kind('Movie')).toMatchObject({ singular: 'movie', plural: 'movies' });
    expect(ontology.kind('Person')).toMatchObject({ singular: 'person', plural: 'people' });
    expect(ontology.kind('Movie').properties).toMatchObject({
      title: { type: 'text', required: true },
      releaseYear: { type: 'int' },
      premiere: { type: 'date' },
      genres: { type: 'text', list: true },
      site: { type: 'url', required: false },
    });
    expect(ontology.kind('Person').properties).toMatchObject({ retired: { type: 'boolean' } });
    expect(ontology.relation('DIRECTOR')).toMatchObject({
      from: 'Movie',
      to: 'Person',
      forward: 'director',
      toOne: true,
    });
    expect(ontology.relation('ACTED_IN')).toMatchObject({ from: 'Person', to: 'Movie' });
    expect(ontology.edgePropertiesOf('ACTED_IN')).toMatchObject({ roles: { list: true } });
    expect(text).toContain('Release Year → releaseYear');
  });

  it('comes with a mapping by which the files can be imported', async () => {
    const draft = await drafted(films);
    expect(draft.mapping).toEqual({
      'acted_in.csv': { relation: 'ACTED_IN', from: 'person', to: 'movie' },
      'movies.csv': {
        kind: 'Movie',
        properties: { releaseYear: 'Release Year', name: 'title', title: 'title' },
        relations: [{ relation: 'DIRECTOR', to: 'director_id' }],
      },
      'people.csv': { kind: 'Person', properties: { id: 'Person ID' } },
    });
    expect(await importable(draft)).toBe(8);
  });

  it.each([';', '\t', '|'])('reads columns that are separated by %j, and says so in the mapping', async (delimiter) => {
    const separated = (text: string) => text.replaceAll(',', delimiter);
    const draft = await drafted({
      'movies.csv': `\ufeff${separated('id,title,price,studio_id\r\nnight,Night,5,s1\r\n')}`,
      'studios.csv': 'id,name\ns1,"Studio; one"\n',
    });
    const { ontology, mapping } = draft;
    expect(Object.keys(ontology.kind('Movie').properties)).toEqual(['title', 'price']);
    expect(ontology.relation('HAS_STUDIO')).toMatchObject({ from: 'Movie', to: 'Studio' });
    expect(mapping['movies.csv']).toMatchObject({ delimiter });
    expect(mapping['studios.csv']).not.toHaveProperty('delimiter');
    expect(await importable(draft)).toBe(3);
  });

  it('says what is wrong with ids', async () => {
    const folder = dataFolder({
      'movies.csv': 'id,title\n1,A\n2,B\n',
      'people.csv': 'id,name\n1,C\nTwo words,D\n',
      'notes.csv': 'name\nE\n',
    });
    const text = printOntology(inferOntology(await lookAtCsv(folder)));
    expect(prose(text)).toContain('ids also occur in people.csv');
    expect(prose(text)).toContain('1 id such as Two words cannot be a slug');
    expect(prose(text)).toContain(
      'no column holds ids, which an import needs. Name one in the mapping, in the properties of notes.csv',
    );
    expect(text).toContain('// decide: what joins the entities. A graph needs one relation at least.');
    expect(() => graphOf(text)).toThrow('The ontology has no relation.');
  });

  it('takes numbers for ids only where the column is named so', async () => {
    const { ontology } = await drafted({
      'movies.csv': 'id,title,rank,studio_id\n11,A,1,1\n12,B,2,1\n',
      'studios.csv': 'id,name\n1,S\n2,T\n',
    });
    expect(ontology.relationTypes).toEqual(['HAS_STUDIO']);
    expect(ontology.relation('HAS_STUDIO').forward).toBe('studio');
    expect(ontology.propertiesOf('Movie').rank).toMatchObject({ type: 'int' });
  });

  it('keeps columns whose names Silkgraph uses, that have none, and that are alike', async () => {
    const question = 'How satisfied are you with the length of the films that you have seen';
    const draft = await drafted({
      'movies.csv': `id,name,created_at,First Name,first_name,a b c,a bc,constructor,__proto__,,年,${question},studio_id\nm1,M,a,b,c,d,e,f,g,h,i,j,s1\n`,
      ...studios,
    });
    expect(Object.keys(draft.ontology.kind('Movie').properties)).toEqual([
      ...['createdAtValue', 'firstName', 'firstName2', 'aBC', 'aBc2', 'constructorValue', 'proto', 'column10'],
      ...['column11', 'howSatisfiedAreYouWithTheLengthOfTheFilmsThatYouHa'],
    ]);
    expect(prose(draft.text)).toContain('(without a name) → column10, 年 → column11');
    expect(draft.mapping['movies.csv']).not.toHaveProperty('ignore');
    expect(await importable(draft)).toBe(4);
  });

  it('keeps files whose kinds would have one name, and those named like types of the schema', async () => {
    const draft = await drafted({
      'people.csv': 'id,name,age\np1,P,5\n',
      'person.csv': 'id,name,node_id\np2,P,n1\n',
      'nodes.csv': 'id,name,location_id\nn1,N,l1\n',
      'locations.csv': 'id,name\nl1,L\n',
      '节点.csv': 'id,name\nn2,N\n',
      'likes.csv': 'person,node\np1,n1\n',
      'Likes.csv': 'person,node\np1,n1\n',
      'edges.csv': 'from,to,type\nn1,l1,x\n',
    });
    expect(draft.ontology.kindNames).toEqual(['LocationRecord', 'NodeRecord', 'Person', 'Person2', 'Table8']);
    expect(draft.ontology.relationTypes).toEqual(['LOCATION', 'NODE', 'LIKES', 'EDGES', 'LIKES2']);
    expect(draft.ontology.edgePropertiesOf('EDGES')).toHaveProperty('typeValue');
    expect(await importable(draft)).toBe(10);
  });

  it('gives a table that joins three others the third as a property', async () => {
    const draft = await drafted({
      'movies.csv': 'id,name\nm1,M\n',
      'people.csv': 'id,name\np1,P\n',
      'acted_in.csv': 'person_id,movie_id,studio_id\np1,m1,s1\n',
      ...studios,
    });
    expect(draft.ontology.edgePropertiesOf('ACTED_IN')).toHaveProperty('studioId');
    expect(await importable(draft)).toBe(5);
  });

  it('takes for numbers and addresses only what an import accepts as such', async () => {
    const draft = await drafted({
      'movies.csv':
        'id,name,site,other,rating,length,studio_id\nm1,M,https://user:word@a.org,https://a.org,0.12345678901234567890,0.5,s1\n',
      ...studios,
    });
    expect(draft.ontology.kind('Movie').properties).toMatchObject({
      ...{ site: { type: 'text' }, other: { type: 'url' }, rating: { type: 'text' }, length: { type: 'float' } },
    });
    expect(await importable(draft)).toBe(4);
  });

  it('takes codes for texts, though some look like years or numbers, and says so', async () => {
    const draft = await drafted({
      'movies.csv': 'id,name,code,time,studio_id\nm1,M,0101,0930,s1\nm2,M,8471,0945,s1\n',
      ...studios,
    });
    expect(draft.ontology.kind('Movie').properties).toMatchObject({ code: { type: 'text' }, time: { type: 'text' } });
    expect(draft.text).toContain('decide: text, of which some look like another type (1 text, 1 int).');
    expect(await importable(draft)).toBe(6);
  });

  it('says which numbers lose a zero, unless all are written like amounts', async () => {
    const files = (numbers: string) => ({ 'movies.csv': `id,name,part,studio_id\n${numbers}`, ...studios });
    const versions = await drafted(files('m1,M,1.9,s1\nm2,N,1.10,s1\n'));
    expect(prose(versions.text)).toContain('the column part has numbers such as 1.10, of which the last zero is lost');
    const amounts = await drafted(files('m1,M,1.95,s1\nm2,N,1.10,s1\nm3,O,2,s1\n'));
    expect(amounts.text).not.toContain('zero');
    const codes = await drafted(files('m1,M,1.9,s1\nm2,N,1.10,s1\nm3,O,1.10a,s1\n'));
    expect(codes.text).not.toContain('zero');
  });

  it('names records by numbers and by texts with semicolons where there is nothing else', async () => {
    const draft = await drafted({
      'books.csv': 'id,title,studio_id\nb1,1984,s1\nb2,2001,s1\n',
      'movies.csv': 'id,name,genres,studio_id\nm1,Tom &amp; Jerry,a;b,s1\nm2,Night,c,s1\n',
      ...studios,
    });
    expect(draft.text).toContain('// The name is `title`. The mapping copies it to `name`.');
    expect(draft.text).not.toContain('no property looks like a name');
    expect(draft.text).toContain('decide: a list in 1 of 2 records, a single value in the others.');
    expect(await importable(draft)).toBe(10);
  });

  it('reads files with extensions in capitals, and no folders', async () => {
    const draft = await drafted({ 'MOVIES.CSV': 'id,name,studio_id\nm1,M,s1\n', ...studios });
    mkdirSync(join(draft.folder, 'old.csv'));
    expect((await lookAtCsv(draft.folder)).targets.map(({ file }) => file)).toEqual(['MOVIES.CSV', 'studios.csv']);
    expect(await importable(draft)).toBe(4);
  });

  it('says why rows cannot be read, which columns are alike, and which are almost relations', async () => {
    const folder = dataFolder({
      'books.csv': Buffer.from('id,name,studio_id,,\nb1,B,s1,,\nb2,B,s2\nb3,\xf6,s2,,\n', 'latin1'),
      'movies.csv': 'id,name,studio_id\nm1,M,s1\nM1,M,s2\nm2,M,s9\n',
      ...studios,
    });
    const text = prose(printOntology(inferOntology(await lookAtCsv(folder))));
    expect(text).toContain('2 rows could not be read, the first at line 3: expected 5 cells, as in the header row');
    expect(text).toContain('several columns have no name, which an import refuses');
    expect(text).toContain(
      'most values of the column studio_id are ids of studios.csv, but not s9, so it is no relation',
    );
    expect(text).toContain('1 row with no id, or with that of another row');
  });

  it('holds the ids of a table in memory, and not its rows', async () => {
    const rows = Array.from({ length: 10_000 }, (_, row) => `movie-with-a-long-id-${row},"M",${'x'.repeat(2_000)}\n`);
    const folder = dataFolder({ 'movies.csv': `id,name,plot\n${rows.join('')}` });
    rows.length = 0;
    const before = heap();
    const table = await readTable(join(folder, 'movies.csv'), 'movie');
    expect(heap() - before).toBeLessThan(10_000_000);
    expect(table.ids.size).toBe(10_000);
  });

  it('refuses a folder without tables', async () => {
    await expect(lookAtCsv(dataFolder({}))).rejects.toThrow('contains no .csv files');
    await expect(lookAtCsv('/nowhere')).rejects.toThrow('no folder that can be read');
  });
});
