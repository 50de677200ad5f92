import { setTimeout as sleep } from 'node:timers/promises';
import type { Driver } from 'neo4j-driver';
import type { Address } from './address.ts';
import { DatabaseError } from './database-error.ts';
import { escapedName } from './escaped-name.ts';

const isOurs = (label: string) => label === 'Entity' || label.startsWith('_');

// What an adoption has left alone is known, as long as all labels of a node are.
const strangers = `RETURN
  EXISTS { MATCH (node) WHERE none(label IN labels(node) WHERE label = 'Entity' OR label STARTS WITH '_')
    AND NOT ($leftAlone IS NOT NULL AND all(label IN labels(node) WHERE label IN $leftAlone)) } AS hasStrangers,
  NOT EXISTS { MATCH (:Entity) } OR EXISTS { MATCH (:\`_SchemaChange\`) } AS isKnown`;

const adoption =
  'MATCH (marker:`_Adoption`) RETURN marker.finishedAt IS NOT NULL AS isFinished, marker.leftAlone AS leftAlone';

/** Number of times the nodes are checked: one that is being deleted may have lost its labels already. */
const LOOKS = 6;

/**
 * Ensures, before anything is written to it, that a database is empty or Silkgraph's, as its record of schema changes
 * shows, or that its data is adopted. It usually needs only counts that Neo4j maintains, because Silkgraph's nodes have
 * either the label Entity or one that begins with `_`.
 * @throws DatabaseError `foreign-data`
 */
export async function refuseForeignData(driver: Driver, { uri, database }: Address): Promise<void> {
  const session = driver.session(database === undefined ? {} : { database });
  try {
    const named = await session.run<{ label: string }>('CALL db.labels() YIELD label');
    const labels = named.records.map((record) => record.get('label'));
    const count = async (pattern: string) => {
      const { records } = await session.run<{ nodes: number }>(`MATCH (${pattern}) RETURN count(*) AS nodes`);
      return records[0]?.get('nodes') ?? 0;
    };
    const nodes = await count('');
    if (nodes === 0) return;
    const adopted = labels.includes('_Adoption')
      ? (await session.run<{ isFinished: boolean; leftAlone: string[] }>(adoption)).records[0]
      : undefined;
    if (adopted?.get('isFinished') === false) {
      throw new DatabaseError(
        'foreign-data',
        `The data in the database at ${uri} is only partly adopted. Run silkgraph adopt --yes again, which completes it.`,
      );
    }
    if (labels.includes('_Restore') && (await count(':`_Restore`')) > 0) {
      throw new DatabaseError(
        'foreign-data',
        `A backup is only partly restored into the database at ${uri}. Run silkgraph restore again, which begins anew.`,
      );
    }
    const leftAlone = adopted?.get('leftAlone') ?? null;
    const counts = new Map<string, number>();
    for (const label of labels.filter(isOurs)) counts.set(label, await count(`:${escapedName(label)}`));
    const ours = [...counts.values()].reduce((sum, held) => sum + held, 0);
    const isUnknown = (counts.get('Entity') ?? 0) > 0 && !counts.get('_SchemaChange');
    if (ours === nodes && !isUnknown) return;
    // Counts do not add up either while another server writes, so it is looked at the nodes themselves.
    for (let look = 1; look <= LOOKS; look += 1) {
      const [doubt] = (await session.run<{ hasStrangers: boolean; isKnown: boolean }>(strangers, { leftAlone }))
        .records;
      if (doubt?.get('isKnown') !== true) break;
      if (doubt.get('hasStrangers') === false) return;
      await sleep(10 * look);
    }
    if (adopted) {
      throw new DatabaseError(
        'foreign-data',
        `The database at ${uri} holds nodes that are not adopted yet, beside those that are. silkgraph adopt lists them and, with --yes, adopts them.`,
      );
    }
    const foreign = labels.filter((label) => !isOurs(label)).slice(0, 5);
    const what = foreign.length > 0 ? ` (labels: ${foreign.join(', ')})` : '';
    throw new DatabaseError(
      'foreign-data',
      `The database at ${uri} holds ${nodes} nodes${what} and is not Silkgraph's, which writes only to an empty database or its own. Name another one with NEO4J_URI or NEO4J_DATABASE, or take its data into the graph with silkgraph adopt.`,
    );
  } finally {
    await session.close();
  }
}
