import { beforeAll, expect, it } from 'vitest';
import { byCodePoints } from '../../../src/history/memory/code-points.ts';
import { ownSilkgraph } from '../../setup/own-silkgraph.ts';

const own = ownSilkgraph();

/** Characters before and beyond the surrogates, by which code points and UTF-16 units have different orders. */
const names = ['😀', '～', '\u{E000}', '𠀀', 'z', '(b', '𪜀c'].map((rest) => `Centre ${rest}`);
const inOrder = [...names].sort(byCodePoints);

beforeAll(async () => {
  await own.server.driver.executeQuery(
    `CREATE (area:Entity:Area {id: 'rare', name: 'Rare'}) WITH area
     UNWIND range(0, size($names) - 1) AS index
     CREATE (:Entity:Lab {id: 'rare-' + index, name: $names[index]})-[:RESEARCHES {sources: []}]->(area)`,
    { names },
  );
});

const page = 'nodes { name } pageInfo { hasNextPage endCursor }';
const ofArea = (args: string) => `query ($after: String) { area(slug: "rare") { labs(${args}) { ${page} } } }`;
const ofAll = (args: string) => `query ($after: String) { labs(${args}) { ${page} } }`;

async function namesOfPages(question: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (let after: string | null = null; ; ) {
    const { area, labs = area.labs } = await own.server.data(question, { after });
    found.push(...labs.nodes.map(({ name }: { readonly name: string }) => name));
    if (!labs.pageInfo.hasNextPage || found.length > 50) return found.filter((name) => names.includes(name));
    after = labs.pageInfo.endCursor;
  }
}

it.each([
  ['a relation,', ofArea, 'ASC', inOrder],
  ['a relation,', ofArea, 'DESC', inOrder.toReversed()],
  ['a kind,', ofAll, 'ASC', inOrder],
] as const)(
  'pages of %s have each entity once, whatever characters its name has',
  async (_, question, direction, expected) => {
    expect(await namesOfPages(question(`first: 2, after: $after, orderBy: [{ name: ${direction} }]`))).toEqual(
      expected,
    );
  },
);
