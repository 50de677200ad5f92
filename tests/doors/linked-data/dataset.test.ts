import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { datasetTriples } from '../../../src/doors/linked-data/dataset.ts';
import { createVocabulary } from '../../../src/doors/linked-data/vocabulary.ts';

const dataset = { title: 'Books', description: 'A library.', publisher: 'The reading room' };
const ontology = { ...cooperation, linkedData: { ...cooperation.linkedData, dataset } };
const vocabulary = createVocabulary({ ...ontology, language: 'fr' }, 'https://data.example.org');
const triples = datasetTriples(vocabulary, { ontology, entities: {}, relations: {}, citing: {} });

const objectsOf = (predicate: string, subject?: string) =>
  triples
    .filter((each) => each.predicate === vocabulary.full(predicate) && (subject ?? each.subject) === each.subject)
    .map(({ object }) => object);

describe('the description of the data set', () => {
  it('names media types by their addresses in the register of IANA, as DCAT has them', () => {
    const types = ['text/turtle', 'application/n-quads', 'application/ld+json'];
    expect(objectsOf('dcat:mediaType')).toEqual(
      types.map((type) => ({ iri: `https://www.iana.org/assignments/media-types/${type}` })),
    );
  });

  it('names the publisher as an agent, not as a text', () => {
    const [publisher] = objectsOf('dcterms:publisher');
    expect(publisher).toEqual({ iri: 'https://data.example.org/.well-known/void#dataset-publisher' });
    const agent = 'https://data.example.org/.well-known/void#dataset-publisher';
    expect(objectsOf('rdf:type', agent)).toEqual([{ iri: vocabulary.full('dcterms:Agent') }]);
    expect(objectsOf('schema:name', agent)).toEqual([{ value: 'The reading room' }]);
  });

  it('is in the language of the ontology', () => {
    expect(objectsOf('dcterms:title')).toEqual([{ value: 'Books', language: 'fr' }]);
    expect(objectsOf('dcterms:description')).toEqual([{ value: 'A library.', language: 'fr' }]);
  });
});
