import type { JsonObject } from '../asking/json.ts';
import { type Identifier, plainIdentifier } from '../ontology/identifiers.ts';
import type { Ontology } from '../ontology/ontology.ts';
import { isPartialDate } from '../ontology/partial-date.ts';
import type { Kind } from '../ontology/vocabulary.ts';
import { comparable, nameSimilarity } from './name-similarity.ts';
import { type ChosenValue, chosenValues, typeNamed } from './properties.ts';
import type { ReconciliationQuery, WantedValue } from './reconciliation-query.ts';

/** A candidate as the specification defines it (Reconciliation API 0.2, section 4.3). */
export interface Candidate {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly type: readonly { readonly id: string; readonly name: string }[];
  readonly score: number;
  readonly features: readonly { readonly id: string; readonly value: number }[];
  readonly match: boolean;
}

/** Scores: only an identifier is certain; the best name is nearly so. */
const IDENTIFIER = 100;
const NAME = 98;
const OTHER_NAME = 96;

/** Minimum score of a match, and how far the next candidate has to be below it. */
const CERTAIN = 85;
const GAP = 5;

/** Candidates below this have little in common with the query. */
const LEAST = 30;

const round = (score: number) => Math.round(score * 10) / 10;

/** The names of an entity: `name` first. Which these are, the ontology says. */
function namesOf({ propertiesOf }: Ontology, kind: Kind, entity: JsonObject): readonly string[] {
  const searched = Object.entries(propertiesOf(kind)).filter(
    ([, { searched: as }]) => as === 'name' || as === 'otherName',
  );
  const names = ['name', ...searched.map(([name]) => name)].flatMap((name) => entity[name] ?? []);
  return names.filter((name): name is string => typeof name === 'string');
}

/** Whether a text is the slug or the code of an entity, or one of its identifiers in other systems, or the address of one. */
function isIdentifier(ontology: Ontology, kind: Kind, entity: JsonObject, text: string): boolean {
  const { identification } = ontology;
  const code = ontology.slugPropertyOf(kind);
  const last = text.split('/').at(-1)?.trim() ?? '';
  const own = [entity.slug, code === undefined ? undefined : entity[code]];
  if (own.some((each) => typeof each === 'string' && (each === text.trim() || each === last))) return true;
  const others = (entity.identifiers ?? []) as readonly Identifier[];
  return others.some(({ scheme, value, match }) => {
    return match === 'EXACT' && identification && plainIdentifier(identification, scheme, text) === value;
  });
}

/** How well a name of an entity fits a query, from 0 to 100. */
function nameScore(ontology: Ontology, kind: Kind, entity: JsonObject, text: string): number {
  if (isIdentifier(ontology, kind, entity, text)) return IDENTIFIER;
  const [name = '', ...others] = namesOf(ontology, kind, entity);
  const best = Math.max(0, ...others.map((each) => nameSimilarity(text, each))) * OTHER_NAME;
  return Math.max(nameSimilarity(text, name) * NAME, best);
}

function valueSimilarity(wanted: string, value: ChosenValue): number {
  if (typeof value === 'object') return value.slug === comparable(wanted) ? 1 : nameSimilarity(wanted, value.name);
  // A date of a wanted year or month.
  if (typeof value === 'string' && isPartialDate(wanted) && value.startsWith(`${wanted}-`)) return 1;
  if (typeof value === 'string') return nameSimilarity(wanted.replaceAll('_', ' '), value.replaceAll('_', ' '));
  return Number(comparable(wanted) === comparable(String(value)));
}

const average = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0) / Math.max(1, numbers.length);

/** How well each wanted value of a property fits, from 0 to 1: by the best of the entity's. */
function valueFits(ontology: Ontology, kind: Kind, entity: JsonObject, { property, texts }: WantedValue) {
  const values = chosenValues(ontology, kind, entity, property);
  return texts.map((text) => Math.max(0, ...values.map((value) => valueSimilarity(text, value))));
}

/** Below this, a value is another one. */
const SAME_VALUE = 0.8;

/** Equal values speak for a similar name, and other ones against an equal one; an identifier needs neither. */
const named = (name: number, values: number, share: number) =>
  values === 0 || name === IDENTIFIER ? name : name + share * 0.3 * (NAME - name) - (1 - share) * 0.25 * name;

/** An entity found for a query, with its score: without a name, by its values alone. */
export function rated(ontology: Ontology, kind: Kind, entity: JsonObject, query: ReconciliationQuery): Candidate {
  const name = nameScore(ontology, kind, entity, query.text);
  const values = query.values.map((wanted) => {
    const fits = valueFits(ontology, kind, entity, wanted);
    return { id: wanted.property, fit: average(fits), same: average(fits.map((fit) => Number(fit >= SAME_VALUE))) };
  });
  const share = average(values.map(({ same }) => same));
  const score = query.isNamed ? named(name, values.length, share) : average(values.map(({ fit }) => fit)) * NAME;
  const isOther = query.prefersTypes && query.types.length > 0 && !query.types.includes(typeNamed(ontology, kind).id);
  return {
    id: String(entity.slug),
    name: String(entity.name),
    ...(typeof entity.description === 'string' ? { description: entity.description } : {}),
    type: [typeNamed(ontology, kind)],
    score: round(isOther ? score * 0.8 : score),
    features: [
      ...(query.isNamed ? [{ id: 'name', value: round(name) }] : []),
      ...values.map(({ id, fit }) => ({ id, value: round(fit * 100) })),
    ],
    match: false,
  };
}

/** The best candidates. One is a match only if it is nearly certain and no other is nearly as good. */
export function ranked(candidates: readonly Candidate[], limit: number): readonly Candidate[] {
  const best = candidates
    .filter(({ score }) => score >= LEAST)
    .toSorted((one, two) => two.score - one.score || (one.id < two.id ? -1 : 1));
  const [first, second] = best;
  const isMatch = first !== undefined && first.score >= CERTAIN && first.score - (second?.score ?? 0) >= GAP;
  return best.slice(0, limit).map((candidate, index) => ({ ...candidate, match: isMatch && index === 0 }));
}
