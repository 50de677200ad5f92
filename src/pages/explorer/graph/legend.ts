import type { Card } from '../../drawing/answers.ts';
import { kindInWords, styleOfKind } from '../api/ontology.ts';
import type { LegendSign } from '../parts/captioned.ts';
import { isDark } from '../parts/theme.ts';

/** The signs of the kinds that are drawn. */
export function legendOf(cards: readonly Card[]): readonly LegendSign[] {
  return [...new Set(cards.map(({ __typename }) => __typename))].map((kind) => {
    const { light, dark, corners } = styleOfKind(kind);
    return { color: isDark.value ? dark : light, corners, text: kindInWords(kind) };
  });
}
