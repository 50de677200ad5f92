import { expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { narrowedGraph } from '../../../src/engine/narrowing/narrowed-graph.ts';
import { narrowedText } from '../../../src/engine/narrowing/narrowed-text.ts';
import { narrowOntology } from '../../../src/ontology/narrowing/narrow-ontology.ts';
import { readingRows } from '../../setup/graph-double.ts';

const others = cooperation.kindNames.filter((kind) => kind !== 'Lab' && kind !== 'Source');
const ontology = narrowOntology(cooperation, others);
const text = (statement: string) => narrowedText(ontology, statement);

it('an entity of any kind is one of the kinds that the role sees', () => {
  expect(text('MATCH (n:Entity {id: $slug}) RETURN n')).toBe('MATCH (n:Entity&(Lab|Source) {id: $slug}) RETURN n');
  expect(text('WHERE node:Entity AND x')).toBe('WHERE node:Entity&(Lab|Source) AND x');
  expect(text('(n:EntityThing)')).toBe('(n:EntityThing)');
});

it('both ends of the relation of provenance are of kinds that the role sees, whatever else is in the pattern', () => {
  expect(text('(s)<-[:CITES]-(n)')).toBe('(s:Lab|Source)<-[:CITES]-(n:Lab|Source)');
  expect(text('COUNT { (a)-[r:LOCATED|CITES]-() }')).toBe('COUNT { (a:Lab|Source)-[r:LOCATED|CITES]-(:Lab|Source) }');
  expect(text('(a)-[:CITES*0..2]->(b {id: $x})')).toBe('(a:Lab|Source)-[:CITES*0..2]->(b:Lab|Source {id: $x})');
  expect(text('(a:Lab)-[:CITES]->(b:Source)')).toBe('(a:Lab)-[:CITES]->(b:Source)');
  expect(text('(a)-[:RESEARCHES]->(b)')).toBe('(a)-[:RESEARCHES]->(b)');
});

it('nothing is added where all kinds are seen', () => {
  const statement = 'MATCH (n:Entity)<-[:CITES]-(m) RETURN m';
  expect(narrowedText(cooperation, statement)).toBe(statement);
  expect(narrowedText(narrowOntology(cooperation, ['Entity.notes']), statement)).toBe(statement);
});

it('no statement about the history runs, and nothing is written', async () => {
  const ran: string[] = [];
  const read = readingRows(async (statement) => {
    ran.push(statement.text);
    return [];
  });
  const graph = narrowedGraph(
    { ontology: cooperation, read, write: () => Promise.resolve(undefined as never) },
    ontology,
  );
  for (const label of ['_Change', '_ChangeLog', '_Tag']) {
    const statement = { name: 'test', text: `MATCH (one:\`${label}\`) RETURN one` };
    await expect(graph.read(statement, {})).rejects.toMatchObject({ fault: 'HIDDEN' });
  }
  await expect(graph.write(async () => 1)).rejects.toMatchObject({ fault: 'HIDDEN' });
  await graph.read({ name: 'test', text: 'MATCH (marker:`_Import`) RETURN marker' }, {});
  expect(ran).toEqual(['MATCH (marker:`_Import`) RETURN marker']);
});
