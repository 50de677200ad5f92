import jsonld from 'jsonld';
import { Parser } from 'n3';
import { expect, it } from 'vitest';
import { rdfText } from '../../../src/doors/linked-data/rdf-text.ts';
import { triplesOfEntity, triplesOfRelation } from '../../../src/doors/linked-data/triples.ts';
import { createVocabulary } from '../../../src/doors/linked-data/vocabulary.ts';
import { defineOntology, indexed, required, searched, text } from '../../../src/index.ts';

/** Names that elsewhere in the context mean something else: a prefix, the link of an identifier, the label of an entity. */
const ontology = defineOntology({
  enumerations: {},
  sharedProperties: { name: searched(indexed(required(text('Name.'))), 'name') },
  kinds: {
    Drug: {
      singular: 'drug',
      plural: 'drugs',
      one: 'a drug',
      many: 'drugs',
      description: 'A drug.',
      properties: { schema: text('Schema of doses.'), sameAs: text('Another name.'), geo: text('Where it is sold.') },
    },
  },
  relations: {
    REPLACES: {
      from: 'Drug',
      to: 'Drug',
      forward: 'replaced',
      backward: 'replacements',
      description: 'Is taken instead.',
      forwardDescription: 'Replaced drugs.',
      backwardDescription: 'Replacements.',
      properties: { name: text('Name of the rule.') },
    },
  },
  provenance: null,
});

it('says the same as JSON-LD and as N-Triples where a name is also a prefix or the name of another term', async () => {
  const vocabulary = createVocabulary(ontology, 'http://graph.test');
  const record = { id: 'one', name: 'One', schema: 'twice a day', sameAs: 'Uno', geo: 'Kenya' };
  const triples = [
    ...triplesOfEntity(vocabulary, 'Drug', record),
    ...triplesOfRelation(vocabulary, { type: 'REPLACES', from: 'one', to: 'two', properties: { name: 'Rule' } }),
  ];
  const statements = (lines: string) =>
    new Set(
      new Parser().parse(lines).map(({ subject, predicate, object }) => `${subject.id} ${predicate.id} ${object.id}`),
    );
  const document = JSON.parse(await rdfText(vocabulary, 'jsonld', triples));
  const expanded = String(await jsonld.toRDF(document, { format: 'application/n-quads' }));
  expect(statements(expanded)).toEqual(statements(await rdfText(vocabulary, 'nt', triples)));
});
