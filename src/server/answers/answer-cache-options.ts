import type { GraphRevisions } from '../../engine/changes/log/graph-revisions.ts';
import type { Ontology } from '../../ontology/ontology.ts';

/** Settings of the answer cache of a server. */
export interface AnswerCacheOptions {
  readonly ontology: Ontology;
  /** What is known of the graph; `undefined` while there is none. */
  readonly revisions: () => GraphRevisions | undefined;
  /** Maximum size in bytes. */
  readonly bytes: number;
  /** Seconds for which shared caches may serve what everybody may read. @default 0: they have to ask each time */
  readonly maxAge?: number;
}
