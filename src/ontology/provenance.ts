import type { Kind } from './kinds.ts';
import type { RelationType } from './relations.ts';

/** How the graph says where its facts come from: an entity cites sources, a relation lists their slugs. */
export const provenance = {
  relation: 'CITES',
  kind: 'Source',
  /** Property of a relation in Neo4j with the slugs of its own sources. */
  property: 'sources',
} as const satisfies { relation: RelationType; kind: Kind; property: string };
