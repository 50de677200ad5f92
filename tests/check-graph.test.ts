import { expect, it } from 'vitest';
import { checkGraph } from '../src/check-graph.ts';
import cooperationGraph from '../src/cooperation/graph.ts';
import { defineOntology } from '../src/ontology/define-ontology.ts';
import { indexed, required, searched, text } from '../src/ontology/vocabulary.ts';
import { createSilkgraph } from '../src/silkgraph.ts';

it('finds no fault with the graph of the product', async () => {
  expect(await checkGraph(cooperationGraph)).toEqual([]);
});

it('says once that a graph has no relation, whatever follows from that', async () => {
  const book = { singular: 'book', plural: 'books', one: 'a book', many: 'books', description: 'A book.' };
  const ontology = defineOntology({
    enumerations: {},
    sharedProperties: { name: searched(indexed(required(text('Name.'))), 'name') },
    kinds: { Book: { ...book, properties: {} } },
    relations: {},
    provenance: null,
  });
  const faults = await checkGraph(createSilkgraph({ ontology }));
  expect(faults).toEqual(['The ontology has no relation. A graph needs one at least.']);
});
