import { type Degree, degrees } from '../../drawing/trust.ts';
import { settings } from '../settings/known.ts';
import { escaped, readStep, type Step, stepKey, unescaped, wholeNumber } from './step.ts';

export {
  escaped,
  MOST_HOPS,
  MOST_PATHS,
  type PathStep,
  type PatternStep,
  type Step,
  stepKey,
  unescaped,
} from './step.ts';

/** State of the page. It is stored in the address as a whole, so that views can be shared, reloaded and navigated. */
export interface View {
  readonly page: PageName;
  /** Steps that built the graph, in order. */
  readonly steps: readonly Step[];
  /** Slug of the entity whose details are open. */
  readonly picked?: string;
  /** Slugs of entities that are selected together with it. */
  readonly also: readonly string[];
  /** Key of the relation whose details are open. */
  readonly relation?: string;
  /** Slug of the entity to find paths from. */
  readonly connect?: string;
  /** Index of the highlighted path. */
  readonly path?: number;
  readonly as: 'picture' | 'table';
  readonly hiddenKinds: readonly string[];
  readonly hiddenRelations: readonly string[];
  /** Values of the properties that make entities stand out; only entities with these are shown. Empty: all. */
  readonly standings: readonly string[];
  readonly since?: number;
  readonly until?: number;
  /** Slug of an entity on the graph; only what is related to it is shown. */
  readonly near?: string;
  /** Minimum confidence of entities; those without a confidence are shown. */
  readonly confidence?: Degree;
  /** Minimum reliability of the best source of a relation. */
  readonly reliability?: Degree;
  /** Visible part of the map (longitude and latitude of its middle, zoom) or of the graph. Absent for the whole. */
  readonly at?: string;
  /** What the entities of the graph are grouped by: `kind`, or a property. */
  readonly grouped?: string;
  /** Places of the entities of the graph, once one was moved by hand. */
  readonly places?: string;
  /** Measure of the map and the timeline. */
  readonly measure: string;
  /** Search text. */
  readonly words: string;
  /** Root field of the listed kind. */
  readonly list?: string;
  /** What the list is narrowed by. */
  readonly where: readonly Condition[];
  /** Column that sorts the list, with a minus sign for descending order. */
  readonly sort?: string;
  /** Names of the columns of the list. Absent: the first ones. */
  readonly columns?: readonly string[];
  /** What the forms of the analyses contain. */
  readonly form: Form;
}

/** Names of the parts of an address with what the forms of the analyses contain. */
export const formParts = ['with', 'by', 'per', 'value', 'from', 'to', 'around', 'gap', 'things', 'links'] as const;

/** Values as they stand in addresses; `escaped` and `unescaped` convert texts. */
export type Form = { readonly [Name in (typeof formParts)[number]]?: string };

/** A value of a facet of a list. */
export interface Condition {
  readonly facet: string;
  readonly value: string;
}

/** Pages that answer questions of users, by forms. */
export const analyses = ['pattern', 'groups', 'compare', 'similar', 'gaps', 'changes'] as const;
export type Analysis = (typeof analyses)[number];

export const pageNames = [
  ...(['start', 'search', 'list', 'graph', 'map', 'timeline', 'ask', 'about'] as const),
  ...analyses,
] as const;
export type PageName = (typeof pageNames)[number];

export const isAnalysis = (page: PageName): page is Analysis => analyses.some((name) => name === page);

/** Pages that the graph has something for. */
export function shownPages(): readonly PageName[] {
  const { map, timeline, about, hasNotice } = settings();
  const isShown = { map: map !== null, timeline: timeline !== null, about: about.length > 0 || hasNotice };
  return pageNames.filter((name) => !(name in isShown) || isShown[name as keyof typeof isShown]);
}

/** Name of what stands out in counts, or of all of the kind. */
const countsOfBars = () =>
  (settings().timeline?.bars ?? []).flatMap(({ kind, field }) => {
    const highlight = settings().kinds[kind]?.highlight;
    return highlight ? [highlight.word, field] : [];
  });

/** Names of what the map and the timeline count; the first is the default. */
export const measures = (): readonly string[] => [
  ...new Set([
    ...(settings().map?.counts ?? []).filter(({ isChoice }) => isChoice).map(({ name }) => name),
    ...countsOfBars(),
  ]),
];

/** What is counted if nothing is chosen. */
export const firstMeasure = (): string => measures()[0] ?? '';

/** Name of the part of an address with the values of the properties that make entities stand out. */
const standingsPart = (): string =>
  Object.values(settings().kinds).find(({ highlight }) => highlight !== null)?.highlight?.property ?? 'standing';

export const firstView: View = {
  page: 'start',
  steps: [],
  also: [],
  as: 'picture',
  hiddenKinds: [],
  hiddenRelations: [],
  standings: [],
  measure: '',
  words: '',
  where: [],
  form: {},
};

const list = (texts: readonly string[]) => texts.map(escaped).join(',');

const unlist = (text: string | undefined) =>
  (text ?? '')
    .split(',')
    .map(unescaped)
    .filter((part): part is string => !!part);

const oneOf = <Word extends string>(words: readonly Word[], text: string | undefined): Word | undefined =>
  words.find((word) => word === text);

const conditionText = ({ facet, value }: Condition) => `${escaped(facet)}~${escaped(value)}`;

function readCondition(text: string): Condition | undefined {
  const [facet, value] = text.split('~').map(unescaped);
  return facet && value !== undefined ? { facet, value } : undefined;
}

/** The hash of a view, without default values. */
export function addressOf(view: View): string {
  const parts: readonly (readonly [string, string | undefined])[] = [
    ['q', view.words && escaped(view.words)],
    ['of', view.list && escaped(view.list)],
    ['where', view.where.map(conditionText).join(',')],
    ['sort', view.sort && escaped(view.sort)],
    ['columns', view.columns && (list(view.columns) || '-')],
    ['do', view.steps.map(stepKey).join(',')],
    ['pick', view.picked && escaped(view.picked)],
    ['also', list(view.also)],
    ['relation', view.relation && escaped(view.relation)],
    ['connect', view.connect && escaped(view.connect)],
    ['path', view.path === undefined ? undefined : String(view.path)],
    ['as', view.as === 'table' ? 'table' : undefined],
    ['without', list(view.hiddenKinds)],
    ['without-relations', list(view.hiddenRelations)],
    [standingsPart(), list(view.standings)],
    ['near', view.near && escaped(view.near)],
    ['since', view.since === undefined ? undefined : String(view.since)],
    ['until', view.until === undefined ? undefined : String(view.until)],
    ['confidence', view.confidence],
    ['reliability', view.reliability],
    ['at', view.at && escaped(view.at)],
    ['grouped', view.grouped && escaped(view.grouped)],
    ['places', view.places && escaped(view.places)],
    ['count', view.measure === firstMeasure() ? undefined : view.measure],
    ...formParts.map((name) => [name, view.form[name]] as const),
  ];
  const query = parts
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  return `#/${view.page === 'start' ? '' : view.page}${query && `?${query}`}`;
}

/** The hash of a list, with what it is narrowed by and how it is sorted. */
export const addressOfList = (list: string, where: readonly Condition[] = [], sort?: string): string =>
  addressOf({ ...firstView, page: 'list', list, where, ...(sort !== undefined && { sort }) });

/** The page and the parameters of an address. */
function split(address: string): { readonly page: string; readonly given: ReadonlyMap<string, string> } {
  const [page = '', query = ''] = address.replace(/^#?\/?/, '').split(/\?(.*)/s);
  const parts = query.split('&').map((part): [string, string] => {
    const at = part.indexOf('=');
    return at === -1 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
  });
  return { page, given: new Map(parts.filter(([name]) => name !== '')) };
}

/** Default values. */
const asUsual = (): Readonly<Record<string, string>> => ({ as: firstView.as, count: firstMeasure() });

/** Characters of a part of an address that are shown. */
const LONGEST = 60;

/** A part of an address with what its view lacks of it. */
function lostOf(name: string, value: string, kept: string): string {
  const known = new Set(kept.split(','));
  const lost = value.split(',').filter((each) => !known.has(each));
  const text = [name, (lost.length > 0 ? lost : [value]).join(',')].filter(Boolean).join('=');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** The parts of an address that its view does not have: mistyped, cut off, or from another version. */
export function unreadOf(address: string, view = viewOf(address)): readonly string[] {
  const { page, given } = split(address);
  const { given: kept } = split(addressOf(view));
  const usual = asUsual();
  const plain = (text: string) => unescaped(text) ?? text;
  const lost = [...given].filter(
    ([name, value]) => plain(value) !== plain(kept.get(name) ?? usual[name] ?? '') || (value === '' && !kept.has(name)),
  );
  const isPage = page === '' || shownPages().some((name) => name === page);
  return [
    ...(isPage ? [] : [page]),
    ...lost.map(([name, value]) => lostOf(name, plain(value), plain(kept.get(name) ?? ''))),
  ];
}

/** Reads a view from an address. Parts that cannot be read are ignored, so that old or mistyped addresses still open. */
export function viewOf(address: string): View {
  const { page, given } = split(address);
  const text = (name: string) => unescaped(given.get(name) ?? '') || undefined;
  const picked = text('pick');
  const relation = text('relation');
  const connect = text('connect');
  const path = wholeNumber(given.get('path'));
  const near = text('near');
  const grouped = text('grouped');
  const [kind, sort, at, places] = [text('of'), text('sort'), text('at'), text('places')];
  const since = wholeNumber(given.get('since'));
  const until = wholeNumber(given.get('until'));
  const confidence = oneOf(degrees, given.get('confidence'));
  const reliability = oneOf(degrees, given.get('reliability'));
  return {
    page: oneOf(shownPages(), page) ?? 'start',
    words: text('q') ?? '',
    ...(kind !== undefined && { list: kind }),
    where: (given.get('where') ?? '')
      .split(',')
      .map(readCondition)
      .filter((condition) => condition !== undefined),
    ...(sort !== undefined && { sort }),
    ...(given.has('columns') && { columns: unlist(given.get('columns')).filter((name) => name !== '-') }),
    steps: (given.get('do') ?? '')
      .split(',')
      .map(readStep)
      .filter((step) => step !== undefined),
    ...(picked !== undefined && { picked }),
    also: unlist(given.get('also')),
    ...(relation !== undefined && { relation }),
    ...(connect !== undefined && { connect }),
    ...(path !== undefined && { path }),
    as: given.get('as') === 'table' ? 'table' : 'picture',
    hiddenKinds: unlist(given.get('without')),
    hiddenRelations: unlist(given.get('without-relations')),
    standings: unlist(given.get(standingsPart())),
    ...(near !== undefined && { near }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(confidence !== undefined && { confidence }),
    ...(reliability !== undefined && { reliability }),
    ...(at !== undefined && { at }),
    ...(grouped !== undefined && { grouped }),
    ...(places !== undefined && { places }),
    measure: oneOf(measures(), given.get('count')) ?? firstMeasure(),
    form: Object.fromEntries(
      formParts.flatMap((name) => {
        const value = given.get(name);
        return value ? [[name, value]] : [];
      }),
    ),
  };
}
