import type { Counts } from '../../engine/reads/statistics.ts';
import { entityCount } from '../../engine/reads/statistics.ts';
import { type RdfFormat, rdfTypes } from './rdf-text.ts';
import { type RdfObject, safeIri, type Triple } from './triples.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The register whose entries DCAT names media types by. */
const MEDIA_TYPES = 'https://www.iana.org/assignments/media-types/';

const DOWNLOADS: readonly RdfFormat[] = ['ttl', 'nq', 'jsonld'];

/** The address of a licence, which may be a path of the server, whose own address may have one too. */
export const licenceAddress = (licence: string, base: string): string =>
  new URL(licence.replace(/^\//, ''), `${base}/`).href;

/** The data set for catalogues: VoID (https://www.w3.org/TR/void/) and DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/). */
export function datasetTriples(vocabulary: Vocabulary, counts: Counts): readonly Triple[] {
  const { base, ontology, full, own } = vocabulary;
  const { dataset } = ontology.linkedData ?? {};
  const subject = `${base}/.well-known/void#dataset`;
  const triples: Triple[] = [];
  const add = (node: string, predicate: string, object: RdfObject) =>
    triples.push({ subject: node, predicate: full(predicate), object });
  const integer = (value: number): RdfObject => ({ value: String(value), datatype: full('xsd:integer') });
  for (const type of ['void:Dataset', 'dcat:Dataset', 'schema:Dataset']) add(subject, 'rdf:type', { iri: full(type) });
  const title = dataset
    ? { value: dataset.title, language: ontology.language }
    : { value: 'Knowledge graph', language: 'en' };
  add(subject, 'dcterms:title', title);
  if (dataset?.description !== undefined)
    add(subject, 'dcterms:description', { value: dataset.description, language: ontology.language });
  if (dataset?.publisher !== undefined) {
    const publisher = `${subject}-publisher`;
    add(subject, 'dcterms:publisher', { iri: publisher });
    add(publisher, 'rdf:type', { iri: full('dcterms:Agent') });
    add(publisher, 'schema:name', { value: dataset.publisher });
  }
  if (dataset?.licence !== undefined)
    add(subject, 'dcterms:license', { iri: safeIri(licenceAddress(dataset.licence, base)) });
  add(subject, 'void:uriSpace', { value: `${base}/entity/` });
  add(subject, 'void:vocabulary', { iri: `${base}/terms#` });
  add(subject, 'void:entities', integer(entityCount(counts, 'Entity')));
  add(subject, 'dcat:landingPage', { iri: `${base}/explore` });
  for (const kind of ontology.kindNames) {
    const part = `${subject}-${kind}`;
    add(subject, 'void:classPartition', { iri: part });
    add(part, 'void:class', { iri: own(kind) });
    add(part, 'void:entities', integer(entityCount(counts, kind)));
  }
  for (const format of DOWNLOADS) {
    const download = `${base}/export?format=${format}`;
    add(subject, 'void:dataDump', { iri: download });
    add(subject, 'dcat:distribution', { iri: `${subject}-${format}` });
    add(`${subject}-${format}`, 'rdf:type', { iri: full('dcat:Distribution') });
    add(`${subject}-${format}`, 'dcat:downloadURL', { iri: download });
    add(`${subject}-${format}`, 'dcat:mediaType', { iri: `${MEDIA_TYPES}${rdfTypes[format].split(';')[0]}` });
  }
  return triples;
}
