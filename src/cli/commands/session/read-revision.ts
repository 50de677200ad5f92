import { InvalidArgumentError } from 'commander';
import type { RevisionName } from '../../../history/revisions/revision.ts';
import { revisionNamed } from '../../../history/revisions/revision-named.ts';

/** The revision that a command names: a number, a tag, an instant or a day. @throws InvalidArgumentError */
export function readRevision(text: string): RevisionName {
  const named = revisionNamed(text);
  if (named) return named;
  throw new InvalidArgumentError(
    `${JSON.stringify(text)} names no revision. Give its number, a tag, a day as 2026-03-01, or an instant as 2026-03-01T09:30:00Z.`,
  );
}
