import type { SourceCard } from '../../drawing/answers.ts';
import { kindOf } from '../../drawing/words.ts';
import type { KindSettings } from '../../views/settings.ts';
import { ask, askAll } from '../api/ask.ts';
import { singleResource } from '../api/resource.ts';
import { queryNamed, settings } from '../settings/known.ts';
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
}

export interface Held {
  readonly bars: readonly Bars[];
  readonly dots: readonly Dot[];
  readonly figures: readonly Figure[];
  /** Series of the official totals by kind, of those that the bars count. */
  readonly seriesOf: Readonly<Record<string, string>>;
}

type Answer = Readonly<Record<string, unknown>>;

interface Series {
  readonly gaps: { readonly totals: readonly { readonly kind: string; readonly figure: Answer | null }[] };
}

const textOr = (value: unknown) => (typeof value === 'string' ? value : null);

async function loadBars(): Promise<readonly Bars[]> {
  const { timeline, kinds } = settings();
  const loaded = (timeline?.bars ?? []).map(async ({ kind, field, query }): Promise<readonly Bars[]> => {
    const names = kinds[kind];
    const entities = await askAll<DatedEntity>(queryNamed(query), field);
    return names ? [{ kind, field, names, entities }] : [];
  });
  return (await Promise.all(loaded)).flat();
}

async function loadDots(): Promise<readonly Dot[]> {
  const dots = settings().timeline?.dots;
  if (!dots) return [];
  const entities = await askAll<Answer>(queryNamed('dots'), dots.field);
  return entities.map((all) => {
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

/** Data of the timeline: entities by year, entities by date, and official totals. */
export const held = singleResource(async (): Promise<Held> => {
  const [bars, dots, figures] = await Promise.all([loadBars(), loadDots(), loadFigures()]);
  return { bars, dots, ...figures };
});

/** The series of official totals of the entities of some bars. */
export const seriesOfBars = ({ seriesOf }: Held, { kind }: Bars): string | undefined => seriesOf[kindOf(kind)];
