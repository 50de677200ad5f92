import { usualPrefixes } from '../../ontology/linked-data.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import { isListed, type Kind, type Property, type RelationType } from '../../ontology/vocabulary.ts';

/** How a graph is named in RDF: the terms of its ontology, and the addresses of its entities. */
export interface Vocabulary {
  readonly ontology: Ontology;
  /** The address of the server, without a slash at the end. */
  readonly base: string;
  readonly prefixes: Readonly<Record<string, string>>;
  /** Address of an entity, which is its name in RDF. */
  entity(slug: string): string;
  /** A term of the graph's own: a kind, a property, a relation or a value of an enumeration. */
  own(name: string): string;
  /** The full form of a prefixed name. */
  full(term: string): string;
  /** The classes of the entities of a kind, its own first. */
  classesOf(kind: Kind): readonly string[];
  /** The predicates of a property of a kind, the most telling first, and the language of its texts. */
  predicatesOf(kind: Kind, name: string): { readonly terms: readonly string[]; readonly language?: string };
  /** The predicate of a relation. */
  relation(type: RelationType): string;
  /** Whether the entities of a kind are concepts of a vocabulary (SKOS). */
  isConcept(kind: Kind): boolean;
}

/** The terms of sources that a citation is made of. */
const citationTerms = {
  publisher: 'dcterms:publisher',
  date: 'dcterms:issued',
  url: 'schema:url',
  language: 'dcterms:language',
} as const;

export function createVocabulary(ontology: Ontology, base: string): Vocabulary {
  const { linkedData, provenance } = ontology;
  const prefixes: Readonly<Record<string, string>> = {
    ...usualPrefixes,
    ...linkedData?.prefixes,
    terms: `${base}/terms#`,
  };
  const own = (name: string) => `${base}/terms#${name}`;
  const full = (term: string) => {
    const [prefix = '', ...rest] = term.split(':');
    const start = prefixes[prefix];
    return start === undefined ? term : `${start}${rest.join(':')}`;
  };
  const isConcept = (kind: Kind) => ontology.hierarchyOf(kind) !== undefined;

  function termsOf(kind: Kind, name: string, property: Property | undefined) {
    const declared = linkedData?.properties?.[`${kind}.${name}`] ?? linkedData?.properties?.[name];
    if (declared) return declared;
    if (name === 'name')
      return { terms: ['rdfs:label', 'schema:name', ...(isConcept(kind) ? ['skos:prefLabel'] : [])] };
    if (property?.searched === 'otherName' && property.list) return { terms: ['skos:altLabel'] };
    if (kind === provenance?.kind) {
      for (const [part, term] of Object.entries(citationTerms)) {
        if (provenance.citation?.[part as keyof typeof citationTerms] === name) return { terms: [term] };
      }
    }
    return { terms: [] };
  }

  return {
    ontology,
    base,
    prefixes,
    own,
    full,
    isConcept,
    entity: (slug) => `${base}/entity/${slug}`,
    classesOf: (kind) => [
      own(kind),
      ...(isConcept(kind) ? [full('skos:Concept')] : []),
      ...(kind === provenance?.kind ? [full('prov:Entity'), full('schema:CreativeWork')] : []),
      ...(linkedData?.kinds?.[kind] ?? []).map(full),
    ],
    predicatesOf(kind, name) {
      const { [name]: property } = ontology.propertiesOf(kind);
      const { terms, language = property?.language } = termsOf(kind, name, property);
      const predicates = terms.length === 0 ? [own(name)] : terms.map(full);
      return language === undefined ? { terms: predicates } : { terms: predicates, language };
    },
    relation(type) {
      const term = linkedData?.relations?.[type];
      if (term !== undefined) return full(term);
      if (type === provenance?.relation) return full('prov:wasDerivedFrom');
      return ontology.relation(type).hierarchical ? full('skos:broader') : own(type);
    },
  };
}

/** The properties of a kind whose values are triples of the entity itself. */
export const plainProperties = (ontology: Ontology, kind: Kind): readonly (readonly [string, Property])[] =>
  Object.entries(ontology.propertiesOf(kind)).filter(([, property]) => !isListed(property));
