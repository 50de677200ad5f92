import type { Property } from '../../ontology/vocabulary.ts';
import { plainProperties, type Vocabulary } from './vocabulary.ts';

/** A term of a JSON-LD context. */
export interface ContextTerm {
  readonly '@id': string;
  readonly '@type'?: '@id';
}

const isIri = ({ type }: Property) => type === 'url' || type === 'enumeration';

/**
 * The terms of a graph in JSON-LD by name: properties and relations as the ontology calls them. Two names of one predicate are
 * one term, the first.
 */
export function contextTerms(vocabulary: Vocabulary): ReadonlyMap<string, ContextTerm> {
  const { ontology, full, own } = vocabulary;
  const terms = new Map<string, ContextTerm>();
  const taken = new Set<string>();
  const add = (name: string, iri: string, isLink: boolean) => {
    if (taken.has(iri) || terms.has(name) || Object.hasOwn(vocabulary.prefixes, name)) return;
    taken.add(iri);
    terms.set(name, isLink ? { '@id': iri, '@type': '@id' } : { '@id': iri });
  };
  for (const kind of ontology.kindNames) {
    for (const [name, property] of plainProperties(ontology, kind)) {
      const [first = own(name)] = vocabulary.predicatesOf(kind, name).terms;
      add(name, first, isIri(property));
    }
  }
  for (const type of ontology.relationTypes) {
    add(type, vocabulary.relation(type), true);
    for (const [name, property] of Object.entries(ontology.edgePropertiesOf(type)))
      add(name, own(name), isIri(property));
  }
  for (const name of ['sameAs']) add(name, full(`owl:${name}`), true);
  for (const name of ['exactMatch', 'closeMatch']) add(name, full(`skos:${name}`), true);
  return terms;
}

/** The JSON-LD context of a graph (https://www.w3.org/TR/json-ld11/#the-context). */
export const contextOf = (vocabulary: Vocabulary): Readonly<Record<string, unknown>> => ({
  '@version': 1.1,
  '@vocab': `${vocabulary.base}/terms#`,
  ...vocabulary.prefixes,
  ...Object.fromEntries(contextTerms(vocabulary)),
});
