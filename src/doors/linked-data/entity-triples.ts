import { GENERATED_SUMMARY } from '../../ontology/summaries/summary.ts';
import { type DescribedEntity, MOST_RELATIONS } from './described-entity.ts';
import { describedSummaries } from './described-summary.ts';
import type { RelationPage } from './entity-reads.ts';
import { type Triple, triplesOfEntity, triplesOfRelation } from './triples.ts';
import type { Vocabulary } from './vocabulary.ts';

const HYDRA = 'http://www.w3.org/ns/hydra/core#';

/** Address of a page of relations of an entity, of today or as of a revision. */
export function pageAddress(address: string, { number, size }: RelationPage, asOf?: number): string {
  const search = new URLSearchParams({
    ...(asOf === undefined ? {} : { asOf: String(asOf) }),
    ...(number === 1 ? {} : { page: String(number) }),
    ...(size === MOST_RELATIONS ? {} : { size: String(size) }),
  }).toString();
  return search === '' ? address : `${address}?${search}`;
}

/** Where the relations of other pages are (https://www.hydra-cg.com/spec/latest/core/#hydra:PartialCollectionView). */
function pageTriples(vocabulary: Vocabulary, { slug, page, goesOn }: DescribedEntity): readonly Triple[] {
  if (page.number === 1 && !goesOn) return [];
  const address = (number: number) => pageAddress(vocabulary.entity(slug), { ...page, number });
  const here = `${vocabulary.entity(slug)}#page-${page.number}`;
  const add = (predicate: string, iri: string): Triple => ({ subject: here, predicate, object: { iri } });
  return [
    { subject: vocabulary.entity(slug), predicate: `${HYDRA}view`, object: { iri: here } },
    add(vocabulary.full('rdf:type'), `${HYDRA}PartialCollectionView`),
    ...(page.number > 1 ? [add(`${HYDRA}previous`, address(page.number - 1))] : []),
    ...(goesOn ? [add(`${HYDRA}next`, address(page.number + 1))] : []),
  ];
}

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
    ...describedSummaries(vocabulary.ontology, entity).map(
      ([language, value]): Triple => ({
        subject: vocabulary.entity(entity.slug),
        predicate: vocabulary.own(GENERATED_SUMMARY),
        object: { value, language },
      }),
    ),
    ...pageTriples(vocabulary, entity),
    ...[...entity.outgoing, ...entity.incoming].flatMap(({ record }) => triplesOfRelation(vocabulary, record)),
    ...[...named.values()].flatMap(({ slug, kind, name, nameZh }): Triple[] => {
      const subject = vocabulary.entity(slug);
      const [type = vocabulary.own(kind)] = vocabulary.classesOf(kind);
      return [
        { subject, predicate: full('rdf:type'), object: { iri: type } },
        { subject, predicate: label, object: { value: name } },
        ...(nameZh === undefined
          ? []
          : [{ subject, predicate: label, object: { value: nameZh, language: 'zh-Hans' } }]),
      ];
    }),
  ];
}
