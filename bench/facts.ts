import type { Driver } from 'neo4j-driver';
import type { Facts } from './queries.ts';

const hubs = `
CALL () { MATCH (c:Country) RETURN c.code AS code ORDER BY COUNT { (c)<-[:PARTNERS_WITH]-() } DESC, code LIMIT 1 }
CALL () { MATCH (a:Area) RETURN a.id AS area ORDER BY COUNT { (a)<-[:RESEARCHES]-() } DESC, area LIMIT 1 }
CALL () { MATCH (i:Institution) RETURN i.id AS institution ORDER BY abs(COUNT { (i)<-[:HOSTED_BY]-() } - 30), institution LIMIT 1 }
RETURN code, area, institution`;

const some = (kind: string, count: number) =>
  `MATCH (n:${kind}) WHERE n.name IS NOT NULL WITH n ORDER BY n.name, n.id SKIP 200 LIMIT ${10 * count}
   WITH collect(n.id) AS slugs RETURN [i IN range(0, size(slugs) - 1) WHERE i % 10 = 0 | slugs[i]] AS slugs`;

/** Looks up what the queries name. */
export async function findFacts(driver: Driver, database: string | undefined): Promise<Facts> {
  const read = async (text: string) => {
    const session = driver.session(database === undefined ? {} : { database });
    const { records } = await session.run(text).finally(() => session.close());
    return records[0]?.toObject() ?? {};
  };
  const slugs = async (kind: string, count: number): Promise<readonly string[]> => {
    const { slugs } = await read(some(kind, count));
    return slugs;
  };
  const { code, area, institution } = await read(hubs);
  const mixed: Record<string, readonly string[]> = {};
  for (const kind of ['Lab', 'Institution', 'Program', 'Event']) mixed[kind] = await slugs(kind, 20);
  const { areas } = await read(
    'MATCH (a:Area) WHERE a.name IS NOT NULL WITH a ORDER BY a.name, a.id LIMIT 20 RETURN collect(a.id) AS areas',
  );
  return { code, area, institution, labs: await slugs('Lab', 50), mixed: { ...mixed, Area: areas } };
}
