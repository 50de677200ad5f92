import { expect, it } from 'vitest';
import { readDifferences } from '../../../src/changes/history/difference.ts';
import { readExtent } from '../../../src/changes/log/read-changes.ts';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import type { Graph } from '../../../src/graph/graph.ts';

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
