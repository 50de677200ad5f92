import { userInfo } from 'node:os';
import { attempt } from '../../../engine/database/system/attempt.ts';
import { findRevision, NoSuchRevision, newestRevision } from '../../../history/revisions/revision.ts';
import { createTag, readTags } from '../../../history/revisions/tags.ts';
import { readRevision } from '../session/read-revision.ts';
import type { Session } from '../session/session.ts';
import { table } from '../session/table.ts';
import { withGraph } from '../session/with-graph.ts';

/**
 * Names a revision, by default the newest.
 * @throws InvalidArgumentError, NoSuchRevision, TagRefused; and what `openGraph` throws
 */
export async function createRevisionTag(
  session: Session,
  name: string,
  { at }: { readonly at?: string | undefined },
): Promise<void> {
  const asked = at === undefined ? undefined : readRevision(at);
  await withGraph(session, async (graph) => {
    const revision = asked ? await findRevision(graph, asked) : await newestRevision(graph);
    if (!revision) throw new NoSuchRevision('The graph has no revision yet: nothing has changed since it was made.');
    const author = attempt(() => userInfo().username) ?? 'command line';
    const tag = await createTag(graph, name, revision.revision, author);
    return [`${tag.name} names revision ${tag.revision} of ${revision.at}.`];
  });
}

/** Lists all tags. */
export const listRevisionTags = (session: Session): Promise<void> =>
  withGraph(session, async (graph) => {
    const tags = await readTags(graph);
    if (tags.length === 0) return ['There are no tags yet. Create one: silkgraph tag create 2026-report'];
    return table([
      ['Tag', 'Revision', 'Created', 'By'],
      ...tags.map(({ name, revision, createdAt, author }) => [name, String(revision), createdAt, author]),
    ]);
  });
