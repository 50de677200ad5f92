import type { JsonObject } from '../../graphql/internal-client/json.ts';
import { type Identifier, plainIdentifier } from '../../ontology/identifiers.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import { isPartialDate } from '../../ontology/partial-date.ts';
import type { Kind, Property } from '../../ontology/vocabulary.ts';
import { comparable, comparedName, nameSimilarity } from './name-similarity.ts';
import { chosenValues, propertyOf, typeNamed } from './properties.ts';
import type { ReconciliationQuery } from './reconciliation-query.ts';

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

/** Whether a text is an identifier of an entity in another system, or the address of one. */
const isElsewhere = ({ identification }: Ontology, { identifiers }: JsonObject, text: string): boolean =>
  ((identifiers ?? []) as readonly Identifier[]).some(
    ({ scheme, value, match }) =>
      match === 'EXACT' && identification && plainIdentifier(identification, scheme, text) === value,
  );

/** Whether a text is the slug or the code of an entity, or one of its identifiers in other systems, or the address of one. */
function isIdentifier(ontology: Ontology, kind: Kind, entity: JsonObject, text: string): boolean {
  const code = ontology.slugPropertyOf(kind);
  const last = text.split('/').at(-1)?.trim() ?? '';
  const own = [entity.slug, code === undefined ? undefined : entity[code]];
  if (own.some((each) => typeof each === 'string' && (each === text.trim() || each === last))) return true;
  return isElsewhere(ontology, entity, text);
}

/** How well a name of an entity fits a query, from 0 to 100. */
function nameScore(ontology: Ontology, kind: Kind, entity: JsonObject, text: string): number {
  if (isIdentifier(ontology, kind, entity, text)) return IDENTIFIER;
  const asked = comparedName(text);
  const [name = 0, ...others] = namesOf(ontology, kind, entity).map((each) =>
    nameSimilarity(asked, comparedName(each)),
  );
  return Math.max(name * NAME, ...others.map((each) => each * OTHER_NAME));
}

/** Values with no word in common have nothing in common if they share fewer of their letters. */
const CHANCE = 0.5;

type Comparison = (wanted: string) => number;

const plainAddress = (address: string) => comparable(address).replace(/^https?:\/\/(www\.)?|\/$/g, '');

const plainValue = (value: string) => comparable(value.replaceAll('_', ' '));

/** How well a text fits one of some names. */
function likeOneOf(names: readonly string[]): Comparison {
  const known = names.map(comparedName);
  return (wanted) => {
    const asked = comparedName(wanted);
    return Math.max(0, ...known.map((name) => nameSimilarity(asked, name, CHANCE)));
  };
}

/** Values of a type of property that are equal or different, however alike their texts are. */
const exactly: Readonly<Partial<Record<Property['type'], (wanted: string, value: string) => boolean>>> = {
  // A date is one of a wanted year or month.
  date: (wanted, value) => value === wanted || (isPartialDate(wanted) && value.startsWith(`${wanted}-`)),
  int: (wanted, value) => Number(wanted) === Number(value),
  float: (wanted, value) => Number(wanted) === Number(value),
  boolean: (wanted, value) => wanted.toLowerCase() === value,
  url: (wanted, value) => plainAddress(wanted) === plainAddress(value),
};

/** Values of an enumeration are compared with what no other one is called. */
function likeEnumerated({ enumeration }: Ontology, { enumeration: name = '' }: Property, values: readonly string[]) {
  const all = new Set(Object.keys(enumeration(name).values).map(plainValue));
  const own = values.map(plainValue);
  const alike = likeOneOf(own);
  return (wanted: string) => {
    const text = plainValue(wanted);
    return all.has(text) ? Number(own.includes(text)) : alike(text);
  };
}

/** How well texts fit the values of an entity that are chosen by a property, from 0 to 1. */
function comparisonOf(ontology: Ontology, kind: Kind, entity: JsonObject, id: string): Comparison {
  const property = propertyOf(ontology, kind, id);
  const values = chosenValues(ontology, kind, entity, id);
  if (property?.type === 'identifiers') return (wanted) => Number(isElsewhere(ontology, entity, wanted));
  const texts = values.filter((value) => typeof value !== 'object').map(String);
  const isSame = property && exactly[property.type];
  if (isSame) return (wanted) => Number(texts.some((value) => isSame(wanted.trim(), value)));
  if (property?.type === 'enumeration') return likeEnumerated(ontology, property, texts);
  const related = values.filter((value) => typeof value === 'object');
  const slugs = new Set(related.map(({ slug }) => slug));
  const alike = likeOneOf([...texts, ...related.map(({ name }) => name)]);
  return (wanted) => (slugs.has(comparable(wanted)) ? 1 : alike(wanted));
}

const average = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0) / Math.max(1, numbers.length);

/** Below this, a value is another one. */
const SAME_VALUE = 0.8;

/** Equal values speak for a similar name, and other ones against an equal one; an identifier needs neither. */
const named = (name: number, values: number, share: number) =>
  values === 0 || name === IDENTIFIER ? name : name + share * 0.3 * (NAME - name) - (1 - share) * 0.25 * name;

/** An entity found for a query, with its score: without a name, by its values alone. */
export function rated(ontology: Ontology, kind: Kind, entity: JsonObject, query: ReconciliationQuery): Candidate {
  const name = nameScore(ontology, kind, entity, query.text);
  const values = query.values.map((wanted) => {
    const fits = wanted.texts.map(comparisonOf(ontology, kind, entity, wanted.property));
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
