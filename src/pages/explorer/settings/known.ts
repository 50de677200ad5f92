import { capitalized, inWords, kindOf, speak, spell } from '../../drawing/words.ts';
import type { KindSettings, Settings } from '../../views/settings.ts';

const nothing: Settings = {
  language: 'en',
  graphLanguage: 'en',
  brand: 'Silkgraph',
  title: '',
  introduction: null,
  search: '',
  hasChinese: false,
  labels: { relations: {}, properties: {}, propertyDescriptions: {}, values: {} },
  parts: {},
  enumerations: {},
  spelling: {},
  shorter: [],
  kinds: {},
  provenance: null,
  questions: [],
  starters: {},
  attributions: {},
  about: [],
  hasNotice: false,
  figures: null,
  map: null,
  timeline: null,
  milestoneType: null,
  isEmbeddable: false,
  gaps: [],
  queries: {},
};

let known = nothing;
let byKind: ReadonlyMap<string, KindSettings> = new Map();

/** What the server says of the graph. */
export const settings = (): Settings => known;

/** A value without the names that every object has, such as `constructor`: addresses name parts of it. */
function bare<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(bare) as Value;
  const parts = Object.entries(value).map(([name, part]) => [name, bare(part)]);
  return Object.assign(Object.create(null), Object.fromEntries(parts));
}

/** Takes the settings from the server, before anything is drawn. */
export function know(settingsOfServer: Settings): void {
  const given = bare(settingsOfServer);
  known = given;
  byKind = new Map(Object.entries(given.kinds).map(([name, kind]) => [kindOf(name), kind]));
  spell(given.spelling);
  const { properties, values } = given.labels;
  speak({
    language: given.language,
    graph: given.graphLanguage,
    names: { ...properties, ...values },
    nouns: messagesOfNouns,
  });
}

let messagesOfNouns: Readonly<Record<string, string>> = {};

/** Sets what nouns are called in the language of the page; before `know`. */
export function callNouns(nouns: Readonly<Record<string, string>>): void {
  messagesOfNouns = nouns;
}

/** Whether names in Chinese come first. */
export const isChinese = (): boolean => known.language.startsWith('zh');

/** A property of a kind or relation in words. */
export const propertyInWords = (owner: string, name: string): string =>
  known.labels.properties[`${owner}.${name}`] ?? inWords(name);

/** What a property says, in the language of the page; `undefined` if only the ontology says it, in English. */
export function propertyDescription(owner: string, name: string, description: string): string | undefined {
  const said = known.labels.propertyDescriptions;
  return said[`${owner}.${name}`] ?? said[name] ?? (isChinese() ? undefined : description);
}

/** A value of an enumeration in words. */
export const valueInWords = (enumeration: string | undefined, value: string): string =>
  known.labels.values[`${enumeration}.${value}`] ?? inWords(value);

interface Ends {
  readonly forwardField: string;
  readonly backwardField: string;
  readonly symmetric: boolean;
}

/** What a relation leads to from its start, or from its end: `Partner countries`. */
export function relationTitle(relation: string, isForward: boolean, ends: Ends | undefined): string {
  const label = known.labels.relations[relation];
  const reads = isForward || ends?.symmetric;
  return capitalized(
    (reads ? label?.forward : label?.backward) ??
      inWords((reads ? ends?.forwardField : ends?.backwardField) ?? relation),
  );
}

/** What a relation says, in the language of the page; `undefined` if only the ontology says it, in English. */
export const relationDescription = (relation: string, description: string | undefined): string | undefined =>
  known.labels.relations[relation]?.description ?? (isChinese() ? undefined : description);

/** The verb of a relation, read from its start or from its end: `partners with`. */
export function verbOf(relation: string, isForward: boolean, ends?: Ends): string {
  const label = known.labels.relations[relation];
  if (isForward || ends?.symmetric) return label?.verb ?? inWords(relation);
  return label?.inverse ?? `← ${label?.verb ?? inWords(relation)}`;
}

/** Settings of a kind, by its type name or its value of `EntityKind`. */
export const settingsOf = (kind: string): KindSettings | undefined => byKind.get(kindOf(kind));

/** A kind with its type name. */
export interface ListedKind {
  readonly name: string;
  readonly kind: KindSettings;
}

/** The kind of a list by its name in addresses; `undefined` if there is none. */
export function listedKind(field: string | undefined): ListedKind | undefined {
  const found = Object.entries(settings().kinds).find(([, { list }]) => list.field === field);
  return found && { name: found[0], kind: found[1] };
}

/** The text of a query. */
export const queryNamed = (name: string): string => known.queries[name] ?? '';

/** The query of a question, by its name in addresses; `undefined` if there is none. */
export const questionNamed = (name: string): string | undefined => known.queries[`question ${name}`];

/** Title of a query: the comment in its first line. */
export const titleOf = (document: string): string => /^# (.+)/.exec(document)?.[1] ?? '';

/** A property of an entity, also if its alias has the kind as prefix because kinds give the name different types. */
export const propertyOf = (entity: Readonly<Record<string, unknown>>, name: string): unknown =>
  entity[name] ?? entity[`${entity.__typename}_${name}`];
