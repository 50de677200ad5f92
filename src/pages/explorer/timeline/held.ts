import type { SourceCard } from '../../drawing/answers.ts';
import { kindOf } from '../../drawing/words.ts';
import type { KindSettings } from '../../views/settings.ts';
import { type Asked, ask, askAll } from '../api/ask.ts';
import { keyedResource } from '../api/resource.ts';
import { type Filter, filterOf, type ListedKind, listedKind } from '../list/selection.ts';
import type { Condition, View } from '../navigation/address.ts';
import type { Milestone } from '../panels/milestones.tsx';
import { propertyOf, queryNamed, settings } from '../settings/known.ts';
import type { DatedEntity } from './years.ts';

/** An entity that is drawn at its date. */
export interface Dot {
  readonly slug: string;
  readonly name: string;
  readonly nameZh?: string | null;
  /** Absent if the date is not known. */
  readonly date: string | null;
  /** Value of its status, and whether it has not happened. */
  readonly status: string | undefined;
  readonly isOpen: boolean;
  readonly all: Readonly<Record<string, unknown>>;
}

export interface Figure {
  readonly slug: string;
  readonly name: string;
  readonly label: string | null;
  readonly series: string;
  readonly value: number;
  readonly unit: string;
  readonly qualifier: string;
  readonly isTarget: boolean;
  readonly date: string | null;
  readonly sources: readonly SourceCard[];
  readonly all: Readonly<Record<string, unknown>>;
}

/** All entities of a kind, to be counted by year. */
export interface Bars {
  readonly kind: string;
  readonly field: string;
  readonly names: KindSettings;
  readonly entities: readonly DatedEntity[];
  /** Variables of the query that they came from. */
  readonly variables?: Asked['variables'];
}

export interface Held {
  readonly bars: readonly Bars[];
  readonly dots: readonly Dot[];
  /** Variables of the query that the dots came from. */
  readonly variablesOfDots?: Asked['variables'];
  readonly figures: readonly Figure[];
  /** Series of the official totals by kind, of those that the bars count. */
  readonly seriesOf: Readonly<Record<string, string>>;
}

type Answer = Readonly<Record<string, unknown>>;

interface Series {
  readonly gaps: { readonly totals: readonly { readonly kind: string; readonly figure: Answer | null }[] };
}

const textOr = (value: unknown) => (typeof value === 'string' ? value : null);

/** What the timeline is narrowed to: entities of one of the kinds that it counts. */
export interface Narrowing {
  readonly of: ListedKind;
  readonly where: readonly Condition[];
}

/** What the address narrows the timeline to, or would; `undefined` if it counts nothing. */
export function narrowingOf({ list, where }: Pick<View, 'list' | 'where'>): Narrowing | undefined {
  const fields = (settings().timeline?.bars ?? []).map(({ field }) => field);
  const field = fields.find((each) => each === list) ?? fields[0];
  const of = listedKind(field);
  return of && { of, where: list === undefined || list === field ? where : [] };
}

const isNarrow = (narrowing: Narrowing | undefined): narrowing is Narrowing =>
  narrowing !== undefined && narrowing.where.length > 0;

/** The bars of a narrowed timeline are those of its kind alone. */
async function loadBars(narrowing: Narrowing | undefined): Promise<readonly Bars[]> {
  const { timeline, kinds } = settings();
  const narrowed = isNarrow(narrowing) ? narrowing : undefined;
  const counted = (timeline?.bars ?? []).filter(({ kind }) => !narrowed || kind === narrowed.of.name);
  const loaded = counted.map(async ({ kind, field, query }): Promise<readonly Bars[]> => {
    const names = kinds[kind];
    const withSteps = (names?.histories ?? []).length > 0;
    const variables = narrowed && { filter: filterOf(narrowed.of, narrowed.where), ...(withSteps && { withSteps }) };
    const entities = await askAll<DatedEntity>(queryNamed(query), field, variables);
    return names ? [{ kind, field, names, entities, variables }] : [];
  });
  return (await Promise.all(loaded)).flat();
}

/**
 * What happened around the entities of a narrowed timeline: events that lead to one of them, and those that lead to what they are
 * narrowed by, as the events of a country.
 */
export function filterOfDots(kind: string, { of, where }: Narrowing): Filter {
  const fields = Object.entries(settings().kinds[kind]?.fields ?? {});
  const leadingTo = (target: string | undefined, some: Filter) =>
    fields.filter(([, field]) => field.target === target).map(([name]) => ({ [name]: { some } }));
  const around = where.flatMap(({ facet, value }) =>
    leadingTo(of.kind.fields[facet]?.target, { slug: { in: [value] } }),
  );
  return { or: [...leadingTo(of.name, filterOf(of, where)), ...around] };
}

async function loadDots(narrowing: Narrowing | undefined): Promise<Pick<Held, 'dots' | 'variablesOfDots'>> {
  const dots = settings().timeline?.dots;
  if (!dots) return { dots: [], variablesOfDots: {} };
  const variables = isNarrow(narrowing) ? { filter: filterOfDots(dots.kind, narrowing) } : {};
  const entities = await askAll<Answer>(queryNamed('dots'), dots.field, variables);
  const drawn = entities.map((all): Dot => {
    const status = dots.status ? (textOr(all[dots.status.property]) ?? undefined) : undefined;
    return {
      slug: String(all.slug),
      name: String(all.name),
      nameZh: textOr(all.nameZh),
      date: textOr(all[dots.date]),
      status,
      isOpen: status !== undefined && (dots.status?.open ?? []).includes(status),
      all,
    };
  });
  return { dots: drawn, variablesOfDots: variables };
}

async function loadFigures(): Promise<Pick<Held, 'figures' | 'seriesOf'>> {
  const named = settings().figures;
  if (!named) return { figures: [], seriesOf: {} };
  const { gaps } = await ask<Series>({ query: queryNamed('totals') });
  const totals = gaps.totals.flatMap(({ kind, figure }) => {
    const series = figure?.[named.series];
    return typeof series === 'string' ? [[kind, series] as const] : [];
  });
  // The first of a kind is that of the kind as a whole.
  const seriesOf = Object.fromEntries(totals.toReversed());
  const answer = await ask<Readonly<Record<string, { readonly nodes: readonly Answer[] }>>>({
    query: queryNamed('figures'),
    variables: { series: Object.values(seriesOf) },
  });
  const figures = (answer[named.field]?.nodes ?? []).map(
    (figure): Figure => ({
      slug: String(figure.slug),
      name: String(figure.name),
      label: named.label ? textOr(figure[named.label]) : null,
      series: String(figure[named.series]),
      value: Number(figure[named.value]),
      unit: String(figure[named.unit] ?? ''),
      qualifier: String(figure[named.qualifier]),
      isTarget: named.target !== null && figure[named.target.property] === named.target.value,
      date: textOr(figure[named.date]),
      sources: (figure.sources as { readonly nodes: readonly SourceCard[] } | undefined)?.nodes ?? [],
      all: figure,
    }),
  );
  return { figures, seriesOf };
}

const nothingPublished = { figures: [], seriesOf: {} };

const loaded = keyedResource(async (key): Promise<Held> => {
  const narrowing = narrowingOf(JSON.parse(key) as Pick<View, 'list' | 'where'>);
  const [bars, dots, figures] = await Promise.all([
    loadBars(narrowing),
    loadDots(narrowing),
    // Totals were published for all of a kind.
    isNarrow(narrowing) ? nothingPublished : loadFigures(),
  ]);
  return { bars, ...dots, ...figures };
});

/** Data of the timeline as the address narrows it: entities by year, entities by date, and official totals. */
export const held = ({ list, where }: View) => loaded(JSON.stringify(where.length > 0 ? { list, where } : { where }));

/** The steps of what a narrowed timeline counts, earliest first. */
export const stepsOf = ({ bars }: Held): readonly Milestone[] =>
  bars
    .flatMap(({ names, entities }) =>
      names.histories.flatMap((name) =>
        entities.flatMap((of) =>
          ((propertyOf(of, name) ?? []) as readonly Milestone[]).map((step) => ({ ...step, of })),
        ),
      ),
    )
    .toSorted((a, b) => (a.date ?? '9999').localeCompare(b.date ?? '9999'));

/** The series of official totals of the entities of some bars. */
export const seriesOfBars = ({ seriesOf }: Held, { kind }: Bars): string | undefined => seriesOf[kindOf(kind)];
