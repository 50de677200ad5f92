import type { DescribedEntity } from './described-entity.ts';
import { type Triple, triplesOfEntity, triplesOfRelation } from './triples.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * The document of an entity in RDF: the entity, its relations in both directions, what is known of these, and the names of the
 * entities that they lead to.
 */
export function entityTriples(vocabulary: Vocabulary, entity: DescribedEntity): readonly Triple[] {
  const { full } = vocabulary;
  const label = full('rdfs:label');
  const named = new Map(
    [...entity.outgoing, ...entity.incoming]
      .map(({ far }) => far)
      .concat([...entity.sources.values()])
      .filter(({ slug }) => slug !== entity.slug)
      .map((far) => [far.slug, far]),
  );
  return [
    ...triplesOfEntity(vocabulary, entity.kind, entity.record),
    ...[...entity.outgoing, ...entity.incoming].flatMap(({ record }) => triplesOfRelation(vocabulary, record)),
    ...[...named.values()].flatMap(({ slug, kind, name }): Triple[] => {
      const subject = vocabulary.entity(slug);
      const [type = vocabulary.own(kind)] = vocabulary.classesOf(kind);
      return [
        { subject, predicate: full('rdf:type'), object: { iri: type } },
        { subject, predicate: label, object: { value: name } },
      ];
    }),
  ];
}
