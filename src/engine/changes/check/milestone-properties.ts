import { memoize } from '../../../ontology/memoize.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { Kind } from '../../../ontology/vocabulary.ts';

/** The kinds that have milestones, and the names of all their properties that are milestones. */
interface MilestoneProperties {
  readonly kinds: readonly Kind[];
  readonly names: readonly string[];
}

export const milestonePropertiesOf = memoize(({ kindNames, propertiesOf }: Ontology): MilestoneProperties => {
  const namesIn = (kind: Kind) =>
    Object.entries(propertiesOf(kind)).flatMap(([name, { type }]) => (type === 'milestones' ? [name] : []));
  return {
    kinds: kindNames.filter((kind) => namesIn(kind).length > 0),
    names: [...new Set(kindNames.flatMap(namesIn))],
  };
});

/** Whether a milestone of an entity names a source, as a condition in Cypher; the source is an expression. */
export const statesFrom = (ontology: Ontology, entity: string, source: string): string =>
  // The text is JSON without spaces, and a quotation mark inside of a value is escaped there.
  milestonePropertiesOf(ontology)
    .names.map((name) => `${entity}.${name} CONTAINS '"source":"' + ${source} + '"'`)
    .join(' OR ');
