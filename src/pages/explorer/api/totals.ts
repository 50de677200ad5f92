import type { SourceCard } from '../../drawing/answers.ts';
import { qualified } from '../../drawing/words.ts';
import { type ListedKind, queryNamed, settings } from '../settings/known.ts';
import { say } from '../settings/say.tsx';
import { ask } from './ask.ts';
import { arrived, singleResource } from './resource.ts';

/** A published total, beside the number of recorded entities that it counts. */
export interface Total {
  readonly counted: string;
  readonly expected: number;
  readonly qualifier: string;
  readonly held: number;
  readonly figure:
    | ({ readonly slug: string; readonly sources?: { readonly nodes: readonly SourceCard[] } } & Readonly<
        Record<string, unknown>
      >)
    | null;
}

interface Totals {
  readonly gaps?: { readonly totals: readonly Total[] };
  /** Counts of the introduction. */
  readonly [name: string]: unknown;
}

/** The published totals, and the counts of the introduction. */
export const totals = singleResource(() => ask<Totals>({ query: queryNamed('totals') }));

/** What a total counts, in the language of the page. */
export const countedInWords = ({ counted }: Pick<Total, 'counted'>): string =>
  settings().figures?.counted[counted] ?? counted;

/** Whether more are recorded than were reported, so that they cannot all be those of the report. */
export const isExceeded = ({ held, expected }: Pick<Total, 'held' | 'expected'>): boolean => held > expected;

interface Condition {
  readonly facet: string;
  readonly value: string;
}

/** The total that says most about a list: the narrowest that it is part of, else one of which it shows all. */
function totalOf({ kind }: ListedKind, where: readonly Condition[]) {
  const valuesOf = (facet: string) => where.filter((each) => each.facet === facet).map(({ value }) => value);
  const fitting = kind.list.totals.filter((total) =>
    Object.entries(total.where).every(([facet, values]) => {
      const chosen = valuesOf(facet);
      // Without a filter, the list has what the total counts among others.
      if (chosen.length === 0) return !facet.includes('.');
      return chosen.length === values.length && chosen.every((value) => values.includes(value));
    }),
  );
  const narrowness = (total: (typeof fitting)[number]) =>
    Object.keys(total.where).filter((facet) => valuesOf(facet).length > 0).length;
  return fitting.toSorted((a, b) => narrowness(b) - narrowness(a))[0];
}

/** What is not in the dataset of what a list shows, by the published total; `undefined` if none was published. */
export function knownOf(of: ListedKind, where: readonly Condition[], read: readonly Total[]): string | undefined {
  const fitting = totalOf(of, where);
  const total = fitting && read.find(({ counted }) => counted === fitting.counted);
  if (!total) return undefined;
  const [what = ''] = countedInWords(total).split(/[.。]/);
  const values = { what, held: total.held, expected: qualified(total.expected, total.qualifier) };
  return isExceeded(total)
    ? say('{what}: {held} in this dataset, {expected} reported officially. They may not be the same ones.', values)
    : say('{what}: {held} of {expected} known. The others are not in this dataset, or not recorded as such.', values);
}

/** What a view waits for before it shows how much is known of a kind; `undefined` if no total was published. */
export const totalsFor = ({ kind }: ListedKind) => (kind.list.totals.length === 0 ? undefined : totals());

/** The same for what a view shows, once the totals are loaded. */
export const knownInView = (of: ListedKind, where: readonly Condition[]): string | undefined => {
  const published = totalsFor(of);
  return published && knownOf(of, where, arrived(published)?.gaps?.totals ?? []);
};
