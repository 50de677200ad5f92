import { InvalidArgumentError } from 'commander';
import { parseRevision } from '../../../history/revisions/parse-revision.ts';
import type { RevisionName } from '../../../history/revisions/revision.ts';

/** The revision that a command names: a number, a tag, an instant or a day. @throws InvalidArgumentError */
export function readRevision(text: string): RevisionName {
  const named = parseRevision(text);
  if (named) return named;
  throw new InvalidArgumentError(
    `${JSON.stringify(text)} is not a revision. Use a number, a tag, a day such as 2026-03-01, or an instant such as 2026-03-01T09:30:00Z.`,
  );
}
