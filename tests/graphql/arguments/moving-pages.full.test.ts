import { beforeAll, describe, expect, it } from 'vitest';
import { seededGraph } from '../../setup/contents.ts';
import { ownDatabase } from '../../setup/own-database.ts';
import { seeds } from '../../setup/seeds.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const address = ownDatabase();
beforeAll(() => seededGraph.write(address()));
const server = silkgraph({ address });

/** Puts an area into the graph, somewhere in the order of names, or takes one out. */
const insert = (slug: string, name: string) =>
  server.graph.write((run) =>
    run(
      { name: 'insert', text: 'CREATE (:Entity:Area {id: $slug, name: $name, definition: $name, keyArea: false})' },
      { slug, name },
    ),
  );
const remove = (slug: string) =>
  server.graph.write((run) =>
    run({ name: 'remove', text: 'MATCH (area:Area {id: $slug}) DETACH DELETE area' }, { slug }),
  );

describe('walking the pages of a list while entities come and go', () => {
  it.each([
    { backward: false, orderBy: [{ name: 'ASC' }] },
    { backward: true, orderBy: [{ name: 'DESC' }] },
    { backward: false, orderBy: [{ labs: { count: 'DESC' } }, { name: 'ASC' }] },
  ])(
    'gives each that was there all the time exactly once: $orderBy, backward $backward',
    async ({ backward, orderBy }) => {
      const doomed = seeds.entities.Area.filter((_, index) => index % 9 === 4).map(({ id }) => id);
      const lasting = seeds.entities.Area.map(({ id }) => id).filter((id) => !doomed.includes(id));
      const removed: string[] = [];
      const seen: string[] = [];
      let at: string | null = null;
      for (let pages = 0; ; pages += 1) {
        const [size, bound] = backward ? ['last', 'before'] : ['first', 'after'];
        const { areas } = await server.data(
          `query ($at: String, $orderBy: [AreaOrder!]) { areas(${size}: 7, ${bound}: $at, orderBy: $orderBy) { nodes { slug } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
          { at, orderBy },
        );
        seen.push(...areas.nodes.map(({ slug }: { slug: string }) => slug));
        if (!(backward ? areas.pageInfo.hasPreviousPage : areas.pageInfo.hasNextPage)) break;
        at = backward ? areas.pageInfo.startCursor : areas.pageInfo.endCursor;
        // The very entity that a cursor stands at may go, too.
        const gone = doomed[pages % doomed.length] ?? '';
        if (!removed.includes(gone)) await remove(gone);
        removed.push(gone);
        for (const letter of ['A', 'M', 'Z'])
          await insert(`new-${letter}-${pages}`.toLowerCase(), `${letter} new area ${pages}`);
        expect(pages).toBeLessThan(100);
      }
      expect(seen.filter((slug) => lasting.includes(slug)).sort()).toEqual([...lasting].sort());
      expect(new Set(seen).size).toBe(seen.length);
      await server.graph.write((run) =>
        run({ name: 'clear', text: "MATCH (area:Area) WHERE area.id STARTS WITH 'new-' DETACH DELETE area" }, {}),
      );
      for (const slug of doomed) await insert(slug, `Back again ${slug}`).catch(() => {});
    },
  );
});
