import type { TrustedDocuments } from '../documents/trusted-documents.ts';
import type { AnswerCounts } from '../observability/metrics.ts';
import type { RequestPlugin } from '../phases.ts';
import type { AnswerCacheOptions } from './answer-cache-options.ts';
import { StoredAnswers } from './stored-answers.ts';
import { useAnswerHeaders } from './use-answer-headers.ts';
import { useAnswerRecording } from './use-answer-recording.ts';
import { useStoredAnswers } from './use-stored-answers.ts';

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
