import { expect, it } from 'vitest';
import { exportFile } from '../../../../src/doors/data/export/export-graph.ts';
import { readRows } from '../../../../src/doors/data/files/csv-rows.ts';
import { plainMapping } from '../../../../src/doors/data/files/table-mapping.ts';
import { createTableReader, type TableReader } from '../../../../src/doors/data/files/table-records.ts';
import { WholeGraph } from '../../../../src/history/memory/graph-snapshot.ts';
import { defineOntology, indexed, int, listOf, required, searched, text } from '../../../../src/index.ts';
import type { Property } from '../../../../src/ontology/vocabulary.ts';

const relation = (name: string, note: Property) => ({
  ...{ from: 'Plant', to: 'Plant', forward: `${name}To`, backward: `${name}From` },
  ...{ description: 'D.', forwardDescription: 'D.', backwardDescription: 'D.', properties: { note } },
});

const ontology = defineOntology({
  enumerations: {},
  sharedProperties: { name: searched(indexed(required(text('Name.'))), 'name') },
  kinds: {
    Plant: {
      ...{ singular: 'plant', plural: 'plants', one: 'a plant', many: 'plants', description: 'A plant.' },
      properties: {},
    },
  },
  relations: {
    COUNTED: relation('counted', int('Note.')),
    LISTED: relation('listed', listOf(int('Note.'))),
    TOLD: relation('told', text('Note.')),
    TOLD_OFTEN: relation('toldOften', listOf(text('Note.'))),
  },
  provenance: null,
});

it('a table of relations has each value as it is, though properties of one name are of different types', async () => {
  const values = { COUNTED: 5, LISTED: [1, 2], TOLD: 'here; there', TOLD_OFTEN: ['here; there', '5'] };
  const graph = new WholeGraph(ontology);
  for (const [type, note] of Object.entries(values))
    graph.putRelation({ type, from: 'rose', to: 'thyme', form: { note } });
  async function* csv() {
    for await (const piece of exportFile(graph, 'relations', 'csv')) yield Buffer.from(piece);
  }
  let reader: TableReader | undefined;
  const read: Record<string, unknown> = {};
  for await (const rows of readRows(csv(), ',')) {
    for (const row of rows) {
      if (!('cells' in row)) throw new Error(row.fault.found);
      if (!reader) reader = createTableReader(ontology, plainMapping(ontology, 'relations'), row.cells);
      else
        for (const { value } of reader.relationsOf(row.cells)) read[String(value.type)] = Object(value.properties).note;
    }
  }
  expect(read).toEqual(values);
});
