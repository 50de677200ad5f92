import type { Ontology, RelationField } from '../../ontology/ontology.ts';
import { languagesOfSummaries, namePropertyIn, summaryOf } from '../../ontology/summaries/summary.ts';
import type { DescribedEntity } from './described-entity.ts';

/** The properties with the names of far ends that are read. */
const readNames: ReadonlySet<string> = new Set(['name', 'nameZh']);

/** The far ends of a relation of an entity. */
const farEnds = ({ outgoing, incoming }: DescribedEntity, { relation, reading }: RelationField) =>
  [...(reading === 'BACKWARD' ? [] : outgoing), ...(reading === 'FORWARD' ? [] : incoming)]
    .filter(({ record }) => record.type === relation)
    .map(({ far }) => far);

/**
 * The generated summary of an entity in a language; `null` if its kind has no template in the language, or if the document has
 * only a part of its relations, which the sentence would take for all, or not the names in that language.
 */
export function describedSummary(ontology: Ontology, entity: DescribedEntity, language: string): string | null {
  const { kind, page, goesOn, record } = entity;
  if (page.number > 1 || goesOn || !readNames.has(namePropertyIn(ontology, language))) return null;
  return summaryOf(ontology, kind, language, {
    value: (property) => record[property],
    related(field, nameProperty) {
      const relation = ontology.relationFieldsOf(kind).get(field);
      const ends = relation ? farEnds(entity, relation) : [];
      return {
        total: ends.length,
        names: ends.map(({ name, nameZh }) => (nameProperty === 'name' ? name : (nameZh ?? name))),
      };
    },
  });
}

/** The generated summaries of an entity, by language. */
export const describedSummaries = (
  ontology: Ontology,
  entity: DescribedEntity,
): readonly (readonly [language: string, text: string])[] =>
  languagesOfSummaries(ontology).flatMap((language) => {
    const text = describedSummary(ontology, entity, language);
    return text === null ? [] : [[language, text] as const];
  });
