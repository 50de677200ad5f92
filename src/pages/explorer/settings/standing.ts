import type { Card, Hop, SourceCard } from '../../drawing/answers.ts';
import type { Standing } from '../../drawing/canvas/canvas-elements.ts';
import { type Degree, degrees } from '../../drawing/trust.ts';
import { inWords } from '../../drawing/words.ts';
import type { HighlightSettings } from '../../views/settings.ts';
import { isChinese, propertyOf, settings, settingsOf } from './known.ts';

type Entity = Pick<Card, '__typename'> & Readonly<Record<string, unknown>>;

/** What makes entities of this kind stand out, with the value of one. */
export function highlightOf(entity: Entity): (HighlightSettings & { readonly own: string }) | undefined {
  const highlight = settingsOf(entity.__typename)?.highlight;
  const own = highlight && propertyOf(entity, highlight.property);
  return highlight && typeof own === 'string' ? { ...highlight, own } : undefined;
}

/** Whether an entity stands out among those of its kind. */
export function isHighlighted(entity: Entity): boolean {
  const highlight = highlightOf(entity);
  return highlight !== undefined && highlight.own === highlight.value;
}

/** The word for what stands out, or the word for others with the value; empty for kinds of which nothing stands out. */
export function standingInWords(entity: Entity): string {
  const highlight = highlightOf(entity);
  if (!highlight) return '';
  return highlight.own === highlight.value
    ? highlight.word
    : `${highlight.others}${isChinese() ? '：' : ': '}${inWords(highlight.own)}`;
}

/** Whether a source proves little. */
export function isWeakSource(source: Readonly<Record<string, unknown>>): boolean {
  const { reliability } = settings().provenance ?? {};
  return reliability ? source[reliability.property] === reliability.weak : false;
}

/** How an entity is drawn. */
export function standingOf(card: Card): Standing | undefined {
  if (highlightOf(card)) return isHighlighted(card) ? 'highlighted' : 'other';
  return card.__typename === settings().provenance?.kind && isWeakSource(card) ? 'other' : undefined;
}

/** Degree of reliability of a source, if the sources of the graph have degrees. */
export function degreeOf(source: SourceCard): string | undefined {
  const { reliability } = settings().provenance ?? {};
  const degree = reliability?.hasDegrees ? source[reliability.property] : undefined;
  return typeof degree === 'string' ? degree : undefined;
}

/** Reliability of the best source of a relation; `LOW` if it has none. */
export const reliabilityOf = ({ sources = [] }: Pick<Hop, 'sources'>): Degree =>
  degrees.findLast((degree) => sources.some((source) => degreeOf(source) === degree)) ?? 'LOW';

/** Whether a relation has only weak sources, or none. */
export const isWeak = ({ sources = [] }: Pick<Hop, 'sources'>): boolean =>
  Boolean(settings().provenance?.reliability) && sources.every(isWeakSource);

/** Confidence in the record of an entity. */
export function confidenceOf(card: Card): string | undefined {
  const property = settingsOf(card.__typename)?.confidence;
  const value = property && propertyOf(card, property);
  return typeof value === 'string' ? value : undefined;
}

/** Whether any kind says how certain its records are. */
export const hasConfidence = (): boolean =>
  Object.values(settings().kinds).some(({ confidence }) => confidence !== null);

/** A name that is short enough for a crowded graph. */
export const shorten = (name: string): string =>
  settings().shorter.reduce((short, { find, put }) => short.replace(new RegExp(find, 'i'), put), name);
