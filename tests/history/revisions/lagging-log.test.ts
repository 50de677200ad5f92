import { expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { readExtent } from '../../../src/engine/changes/log/read-changes.ts';
import type { Graph } from '../../../src/engine/graph/graph.ts';
import { readDifferences } from '../../../src/history/revisions/difference.ts';

/** A graph whose server has the log up to change 5. */
const lagging = (row: readonly unknown[]): Graph => ({
  ontology: cooperation,
  // biome-ignore lint/suspicious/noExplicitAny: it answers one statement.
  read: async (): Promise<any> => [row],
  write: () => Promise.reject(new Error('Nothing is written.')),
});

const at = (revision: number) => ({ revision, transaction: `transaction ${revision}` });

it('the database is unavailable for changes that the server of a cluster which is asked has not received yet', async () => {
  const unavailable = { name: 'GraphError', fault: 'UNAVAILABLE' };
  await expect(readDifferences(lagging([5, []]), at(5), at(7))).rejects.toMatchObject(unavailable);
  await expect(readExtent({ ...lagging([]), read: async () => [] }, 7)).rejects.toMatchObject(unavailable);
});
