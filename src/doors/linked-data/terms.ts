import { GENERATED_SUMMARY, languagesOfSummaries } from '../../ontology/summaries/summary.ts';
import { IDENTIFIER_MATCH } from '../../ontology/traits.ts';
import { ownItemFields, type RdfObject, type Triple } from './triples.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Language of descriptions that every graph has. */
const OURS = 'en';

/** The vocabulary of a graph in RDF Schema: its kinds, properties, relations and the values of its enumerations. */
export function termsOf(vocabulary: Vocabulary): readonly Triple[] {
  const { ontology, full, own } = vocabulary;
  const triples: Triple[] = [];
  const seen = new Set<string>();
  const add = (subject: string, predicate: string, object: RdfObject) =>
    triples.push({ subject, predicate: full(predicate), object });
  /** Only what is a term of the graph's own is described: the others are described where they were published. */
  const describe = (iri: string, type: string, label: string, comment: string, language = ontology.language) => {
    if (!iri.startsWith(own('')) || seen.has(iri)) return false;
    seen.add(iri);
    add(iri, 'rdf:type', { iri: full(type) });
    add(iri, 'rdfs:label', { value: label, language });
    add(iri, 'rdfs:comment', { value: comment, language });
    return true;
  };
  for (const kind of ontology.kindNames) {
    describe(own(kind), 'rdfs:Class', kind, ontology.kind(kind).description);
    for (const type of vocabulary.classesOf(kind).slice(1)) add(own(kind), 'rdfs:subClassOf', { iri: type });
    for (const [name, { description }] of Object.entries(ontology.propertiesOf(kind))) {
      const language = name in ownItemFields ? OURS : ontology.language;
      for (const term of vocabulary.predicatesOf(kind, name).terms)
        describe(term, 'rdf:Property', name, description, language);
    }
  }
  if (languagesOfSummaries(ontology).length > 0)
    describe(
      own(GENERATED_SUMMARY),
      'rdf:Property',
      GENERATED_SUMMARY,
      'One sentence made from the facts of the entity by a template, so no text of a source.',
      OURS,
    );
  describe(own('slug'), 'rdf:Property', 'slug', 'Slug of the entity: the last part of its address.', OURS);
  for (const [list, fields] of Object.entries(ownItemFields)) {
    const items = ontology.fieldsOfItems(list as keyof typeof ownItemFields);
    for (const name of fields) {
      const { description } = items[name] ?? {};
      if (description !== undefined) describe(own(name), 'rdf:Property', name, description, OURS);
    }
  }
  const properties = ontology.kindNames.flatMap((kind) => Object.values(ontology.propertiesOf(kind)));
  if (properties.some(({ type }) => type === 'milestones')) {
    describe(own('Milestone'), 'rdfs:Class', 'Milestone', 'A step in the history of an entity.', OURS);
  }
  for (const type of ontology.relationTypes) {
    const { description, properties = {}, from, to, symmetric = false } = ontology.relation(type);
    if (describe(vocabulary.relation(type), 'rdf:Property', type, description)) {
      if (from !== 'Entity') add(vocabulary.relation(type), 'rdfs:domain', { iri: own(from) });
      add(vocabulary.relation(type), 'rdfs:range', { iri: own(to) });
      if (symmetric) add(vocabulary.relation(type), 'rdf:type', { iri: full('owl:SymmetricProperty') });
    }
    for (const [name, property] of Object.entries(properties)) {
      describe(own(name), 'rdf:Property', name, property.description);
    }
  }
  for (const enumeration of ontology.enumerationNames) {
    const language = enumeration === IDENTIFIER_MATCH ? OURS : ontology.language;
    for (const [value, meaning] of Object.entries(ontology.enumeration(enumeration).values)) {
      describe(own(`${enumeration}.${value}`), 'skos:Concept', value, meaning, language);
    }
  }
  return triples;
}
