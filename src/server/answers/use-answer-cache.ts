import type { GraphRevisions } from '../../engine/changes/log/graph-revisions.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { TrustedDocuments } from '../documents/trusted-documents.ts';
import type { AnswerCounts } from '../observability/metrics.ts';
import type { RequestPlugin } from '../phases.ts';
import { StoredAnswers } from './stored-answers.ts';
import { useAnswerHeaders } from './use-answer-headers.ts';
import { useAnswerRecording } from './use-answer-recording.ts';
import { useStoredAnswers } from './use-stored-answers.ts';

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

export interface UseAnswerCacheOptions extends AnswerCacheOptions {
  /** Timeout of an operation, in milliseconds. */
  readonly timeout: number;
  readonly trustedDocuments: TrustedDocuments | undefined;
  /** Whether everybody may read. */
  readonly isOpen: boolean;
}

/** The plugins of the answer cache, one for each phase in which it acts. */
export interface AnswerCachePlugins {
  readonly lookup: RequestPlugin;
  readonly recording: RequestPlugin;
  readonly headers: RequestPlugin;
  readonly counts: AnswerCounts;
}

/**
 * Serves repeated questions from memory as long as nothing has changed that their answers were made of. Mutations,
 * subscriptions, errors, explanations and answers that depend on more than the graph are never stored.
 */
export function useAnswerCache({
  ontology,
  revisions,
  bytes,
  maxAge = 0,
  timeout,
  trustedDocuments,
  isOpen,
}: UseAnswerCacheOptions): AnswerCachePlugins {
  const stored = new StoredAnswers(bytes, timeout);
  return {
    lookup: useStoredAnswers(stored, revisions, trustedDocuments),
    recording: useAnswerRecording(stored, revisions, { ontology, timeout }),
    headers: useAnswerHeaders(stored, revisions, { isOpen, maxAge }),
    counts: stored.counts,
  };
}
