import type { Card, Hop, SourceCard } from '../../../src/pages/drawing/answers.ts';

/** An entity as an answer gives it. */
export const card = (slug: string, values: Partial<Card> = {}): Card => ({
  __typename: 'Country',
  slug,
  name: slug,
  nameZh: null,
  ...values,
});

/** A source of some reliability. */
export const source = (reliability: string): SourceCard => ({
  slug: `source-${reliability}`,
  name: reliability,
  nameZh: null,
  publisher: null,
  date: null,
  url: null,
  reliability,
  mirror: null,
  type: 'NEWS',
});

/** A relation with sources of some reliabilities. */
export const hop = (from: string, to: string, relation = 'PARTNERS_WITH', reliabilities = ['HIGH']): Hop => ({
  relation,
  from: { slug: from },
  to: { slug: to },
  properties: [],
  ownSources: true,
  sources: reliabilities.map(source),
});
