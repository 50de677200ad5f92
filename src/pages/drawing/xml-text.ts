import { escaped } from './graph-svg.ts';

/** Text in XML 1.0, which has no place for most control characters. */
export const xmlText = (text: string): string =>
  escaped(text.replace(/(?![\t\n\r])\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/gu, ''));
