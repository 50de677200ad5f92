import type { Ontology, RelationField } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import type { DatedBy, ExplorerOption } from './option.ts';

/** Degrees of confidence and reliability that the explorer has signs for. */
const degrees = ['HIGH', 'LOW', 'MEDIUM'];

const hasDegrees = (ontology: Ontology, kind: Kind, name: string): boolean => {
  const { enumeration } = ontology.propertyOf(kind, name);
  if (enumeration === undefined) return false;
  return Object.keys(ontology.enumeration(enumeration).values).sort().join() === degrees.join();
};

/** Properties of a kind that say how certain something is. */
export const degreesOf = (ontology: Ontology, kind: Kind): readonly string[] =>
  Object.entries(ontology.propertiesOf(kind))
    .filter(([name, { doubtful }]) => doubtful !== undefined && hasDegrees(ontology, kind, name))
    .map(([name]) => name);

/** The property with the confidence in a record as a whole: every record has it. */
export const confidenceOf = (ontology: Ontology, kind: Kind): string | null =>
  degreesOf(ontology, kind).find((name) => ontology.propertyOf(kind, name).required) ?? null;

/** Whether the reliability of sources has degrees. */
export const hasReliability = (ontology: Ontology): boolean => {
  const { provenance } = ontology;
  return (
    provenance?.reliability !== undefined && hasDegrees(ontology, provenance.kind, provenance.reliability.property)
  );
};

/** The dates of a kind, in order of preference. */
export const datesOf = ({ dates }: ExplorerOption, kind: Kind): readonly DatedBy[] =>
  (dates?.[kind] ?? []).map((date) => (typeof date === 'string' ? { property: date } : date));

/** A relation as a field of a kind. @throws Error if the kind has none of that name */
export function fieldOf({ relationFieldsOf }: Ontology, kind: Kind, name: string): RelationField {
  const field = relationFieldsOf(kind).get(name);
  if (!field) throw new Error(`${kind} has no relation ${name}.`);
  return field;
}

/** Relations that traversals leave out, but for those to sources. */
export const asideOf = ({ skippedRelations, provenance }: Ontology): readonly string[] =>
  skippedRelations.filter((relation) => relation !== provenance?.relation);

/** Kinds other than that of sources. */
export const mainKinds = ({ kindNames, provenance }: Ontology): readonly Kind[] =>
  kindNames.filter((kind) => kind !== provenance?.kind);

/** The kinds that the timeline counts by year. */
export const barsOf = (ontology: Ontology, option: ExplorerOption): readonly Kind[] =>
  option.timeline?.bars ??
  mainKinds(ontology).filter(
    (kind) => kind !== option.timeline?.dots?.kind && datesOf(option, kind).some(({ filtered }) => filtered !== false),
  );

/** Kinds that are named where there is no room for all. */
export const FEW = 3;

/** `authors, books and publishers`. */
export const listed = (texts: readonly string[], word: string): string =>
  texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} ${word} ${texts.at(-1)}`;
