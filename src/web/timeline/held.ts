import type { SourceCard } from '../../drawing/answers.ts';
import { ask, askAll } from '../api/ask.ts';
import { queries } from '../api/queries.ts';
import { singleResource } from '../api/resource.ts';
import type { LabYears } from './years.ts';

export interface HeldEvent {
  readonly slug: string;
  readonly name: string;
  readonly nameZh: string | null;
  readonly type: string;
  readonly status: string;
  readonly startDate: string;
  readonly endDate: string;
  readonly city: string | null;
  readonly country: { readonly name: string } | null;
}

export interface Figure {
  readonly slug: string;
  readonly name: string;
  readonly label: string | null;
  readonly series: string;
  readonly value: number;
  readonly unit: string;
  readonly qualifier: string;
  readonly type: string;
  readonly date: string | null;
  readonly sources: { readonly nodes: readonly SourceCard[] };
}

export interface Held {
  readonly labs: readonly LabYears[];
  readonly events: readonly HeldEvent[];
  readonly figures: readonly Figure[];
  /** Series of the official totals of designated laboratories. */
  readonly labSeries: string | undefined;
}

interface Series {
  readonly gaps: {
    readonly totals: readonly {
      readonly kind: string;
      readonly indicator: { readonly series: string } | null;
    }[];
  };
}

/** Data of the timeline: laboratories, events and official totals. */
export const held = singleResource(async (): Promise<Held> => {
  const [labs, events, { gaps }] = await Promise.all([
    askAll<LabYears>(queries.labYears, 'labs'),
    askAll<HeldEvent>(queries.events, 'events'),
    ask<Series>({ query: queries.totals }),
  ]);
  const series = gaps.totals.flatMap(({ indicator }) => (indicator ? [indicator.series] : []));
  const { indicators } = await ask<{ indicators: { nodes: readonly Figure[] } }>({
    query: queries.figures,
    variables: { series },
  });
  return {
    labs,
    events,
    figures: indicators.nodes,
    labSeries: gaps.totals.find(({ kind }) => kind === 'LAB')?.indicator?.series,
  };
});
