import { describe, expect, it } from 'vitest';
import { silkgraph } from '../../setup/silkgraph.ts';

const server = silkgraph();

const hintsOf = async (query: string) => {
  const { data, errors, extensions } = await server.ask(query);
  expect(errors).toBeUndefined();
  return {
    data,
    hints: extensions?.hints as { readonly path: readonly string[]; readonly message: string }[] | undefined,
  };
};

describe('a page of the default size', () => {
  it('that is not the whole list is named in the extensions, once for all parents', async () => {
    const { data, hints } = await hintsOf(
      '{ all: labs { nodes { slug } } countryGroups(first: 2, orderBy: [{ members: { count: DESC } }]) { nodes { members { edges { since } } } } }',
    );
    expect(hints?.map(({ path }) => path)).toEqual([['all'], ['countryGroups', 'nodes', 'members']]);
    expect(hints?.[0]?.message).toContain('`all` has more entries than the 20');
    expect(data.all.nodes).toHaveLength(20);
  });

  it.each([
    ['holds the whole list', '{ countryGroup(slug: "asean") { members { nodes { slug } } } }'],
    ['has a size that the client chose', '{ labs(first: 20) { nodes { slug } } }'],
    ['is not read', '{ labs { totalCount } }'],
    ['ends before a cursor', '{ labs(last: 5) { nodes { slug } } }'],
  ])('is not mentioned if it %s', async (_, query) => {
    expect((await hintsOf(query)).hints).toBeUndefined();
  });
});
