import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inferOntology } from '../../src/adoption/inference/infer-ontology.ts';
import { printOntology } from '../../src/adoption/inference/print-ontology.ts';
import { csvMapping } from '../../src/adoption/looking/csv-mapping.ts';
import { lookAtCsv } from '../../src/adoption/looking/look-at-csv.ts';
import { checkData } from '../../src/data/import/check-data.ts';
import type { Graph } from '../../src/graph/graph.ts';
import { type DataFiles, dataFolder } from '../data/data-folder.ts';
import { graphOf } from './written-graph.ts';

async function drafted(files: DataFiles) {
  const folder = dataFolder(files);
  const seen = await lookAtCsv(folder);
  const draft = inferOntology(seen);
  const text = printOntology(draft);
  return { folder, text, ontology: graphOf(text).ontology, mapping: csvMapping(draft, seen) };
}

const films = {
  'movies.csv':
    'id,title,Release Year,premiere,genres,director_id,site\nthe-crossing,The Crossing,1987,1987,drama;noir,ida,https://example.org/a\nnight,Night,1999,1999-03,drama,jan,\n',
  'people.csv': 'Person ID,name,retired\nida,Ida,true\njan,Jan,false\n',
  'acted_in.csv': 'person,movie,roles\nida,night,Anna; Voice\njan,night,Piotr\n',
};

describe('an ontology from CSV files', () => {
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
    const { folder, ontology, mapping } = await drafted(films);
    expect(mapping).toEqual({
      'acted_in.csv': { relation: 'ACTED_IN', from: 'person', to: 'movie' },
      'movies.csv': {
        kind: 'Movie',
        properties: { releaseYear: 'Release Year', name: 'title', title: 'title' },
        relations: [{ relation: 'DIRECTOR', to: 'director_id' }],
      },
      'people.csv': { kind: 'Person', properties: { id: 'Person ID' } },
    });
    const path = join(dataFolder({}), 'mapping.json');
    writeFileSync(path, JSON.stringify(mapping));
    const graph: Graph = { ontology, read: async () => [], write: () => Promise.reject(new Error('no database')) };
    const checked = await checkData(graph, [folder], { seeded: false, mapping: path });
    expect(checked.records).toBe(8);
  });

  it.each([';', '\t', '|'])('reads columns that are separated by %j, and says so in the mapping', async (delimiter) => {
    const separated = (text: string) => text.replaceAll(',', delimiter);
    const { folder, ontology, mapping } = await drafted({
      'movies.csv': `\ufeff${separated('id,title,price,studio_id\r\nnight,Night,5,s1\r\n')}`,
      'studios.csv': 'id,name\ns1,"Studio; one"\n',
    });
    expect(Object.keys(ontology.kind('Movie').properties)).toEqual(['title', 'price']);
    expect(ontology.relation('HAS_STUDIO')).toMatchObject({ from: 'Movie', to: 'Studio' });
    expect(mapping['movies.csv']).toMatchObject({ delimiter });
    expect(mapping['studios.csv']).not.toHaveProperty('delimiter');
    const path = join(dataFolder({}), 'mapping.json');
    writeFileSync(path, JSON.stringify(mapping));
    const graph: Graph = { ontology, read: async () => [], write: () => Promise.reject(new Error('no database')) };
    expect((await checkData(graph, [folder], { seeded: false, mapping: path })).records).toBe(3);
  });

  it('says what is wrong with ids', async () => {
    const folder = dataFolder({
      'movies.csv': 'id,title\n1,A\n2,B\n',
      'people.csv': 'id,name\n1,C\nTwo words,D\n',
      'notes.csv': 'name\nE\n',
    });
    const text = printOntology(inferOntology(await lookAtCsv(folder)));
    const prose = text.replaceAll(/\s*\n\s*\/\/ /g, ' ');
    expect(prose).toContain('ids also occur in people.csv');
    expect(prose).toContain('1 id such as Two words cannot be a slug');
    expect(prose).toContain(
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

  it('refuses a folder without tables', async () => {
    await expect(lookAtCsv(dataFolder({}))).rejects.toThrow('contains no .csv files');
    await expect(lookAtCsv('/nowhere')).rejects.toThrow('no folder that can be read');
  });
});
