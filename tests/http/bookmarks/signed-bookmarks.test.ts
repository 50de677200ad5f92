import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { GraphError } from '../../../src/graph/errors.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import { createSignedBookmarks } from '../../../src/http/bookmarks/signed-bookmarks.ts';

/** A database that was just started, and takes some time for its first statement, in milliseconds. */
const slowlyStarted = (milliseconds: number): Graph => ({
  ontology: cooperation,
  read: async () => [],
  async write(_, options) {
    if ((options?.timeLeft?.() ?? 0) < milliseconds) throw new GraphError('TIMEOUT', 'secret');
    await pause(milliseconds);
    return [['secret']] as never;
  },
});

it('bookmarks are signed although the first statement takes longer than a request waits', async () => {
  const bookmarks = createSignedBookmarks({ graphFor: () => slowlyStarted(1_500), places: 1 });
  const signing = bookmarks.sign(['FB:a']);
  await expect(bookmarks.open(`${'a'.repeat(22)}.FB:a`)).rejects.toMatchObject({ extensions: { code: 'TIMEOUT' } });
  const signed = await signing;
  expect(signed).toMatch(/^[\w-]{22}\.FB:a$/);
  expect(await bookmarks.open(signed)).toEqual(['FB:a']);
});
