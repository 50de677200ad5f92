import { kindOf, spell } from '../../drawing/words.ts';
import type { KindSettings, Settings } from '../../explorer/settings.ts';

const nothing: Settings = {
  title: '',
  introduction: null,
  search: '',
  hasChinese: false,
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
  queries: {},
};

let known = nothing;
let byKind: ReadonlyMap<string, KindSettings> = new Map();

/** What the server says of the graph. */
export const settings = (): Settings => known;

/** Takes the settings from the server, before anything is drawn. */
export function know(given: Settings): void {
  known = given;
  byKind = new Map(Object.entries(given.kinds).map(([name, kind]) => [kindOf(name), kind]));
  spell(given.spelling);
}

/** Settings of a kind, by its type name or its value of `EntityKind`. */
export const settingsOf = (kind: string): KindSettings | undefined => byKind.get(kindOf(kind));

/** The text of a query. */
export const queryNamed = (name: string): string => known.queries[name] ?? '';

/** The query of a question, by its name in addresses; `undefined` if there is none. */
export const questionNamed = (name: string): string | undefined => known.queries[`question ${name}`];

/** Title of a query: the comment in its first line. */
export const titleOf = (document: string): string => /^# (.+)/.exec(document)?.[1] ?? '';

/** A property of an entity, also if its alias has the kind as prefix because kinds give the name different types. */
export const propertyOf = (entity: Readonly<Record<string, unknown>>, name: string): unknown =>
  entity[name] ?? entity[`${entity.__typename}_${name}`];
