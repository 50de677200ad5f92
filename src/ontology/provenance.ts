import type { Kind } from './kinds.ts';
import type { RelationType } from './relations.ts';

/** How the graph says where its facts come from: an entity cites sources, a relation lists their slugs. */
export const provenance = {
  relation: 'CITES',
  kind: 'Source',
  /** Property of a relation in Neo4j with the slugs of its own sources. */
  property: 'sources',
  /** How far a source can be trusted, and the value of those that prove little: facts with only such sources are a gap. */
  reliability: { property: 'reliability', weak: 'LOW' },
} as const satisfies {
  relation: RelationType;
  kind: Kind;
  property: string;
  reliability: { property: string; weak: string };
};
