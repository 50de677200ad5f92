import { graphql } from 'graphql';
import { expect, it } from 'vitest';
import { createContext } from '../../../src/graphql/index.ts';
import { knownStatistics } from '../../setup/known-statistics.ts';
import { schema } from '../../setup/served.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const server = silkgraph();

/** Answers as if an entity had been deleted after the search had found it, and before it was read. */
async function askWithout(slug: string | null, source: string) {
  const context = createContext(server.graph, knownStatistics('seeds', server.graph));
  const reader = context.readerOfToday();
  const contextValue: typeof context = {
    ...context,
    readerOfToday: () => ({
      ...reader,
      entities: async (target, slugs) =>
        (await reader.entities(target, slugs)).map((entity) => (entity?.slug === slug ? null : entity)),
    }),
  };
  const { data, errors } = await graphql({ schema, source, contextValue });
  // biome-ignore lint/suspicious/noExplicitAny: each question gives its own shape.
  return { data: data as any, errors };
}

const slugOf = ({ entity }: { readonly entity: { readonly slug: string } }) => entity.slug;

it('a neighbour that is deleted meanwhile is missing in a comparison; an entity to compare is not found', async () => {
  const question =
    '{ compare(ids: ["ke", "rs"]) { shared { entity { slug } } differing { entity { slug } neighbors { entity { slug } } } } }';
  const { data: before } = await askWithout(null, question);
  const [first, ...others]: readonly string[] = before.compare.shared.map(slugOf);
  expect(first).toBeDefined();
  const { data, errors } = await askWithout(first ?? '', question);
  expect(errors).toBeUndefined();
  expect(data.compare.shared.map(slugOf)).toEqual(others);
  const { errors: refused } = await askWithout('ke', question);
  expect(refused).toMatchObject([
    { message: expect.stringContaining('no entity "ke"'), extensions: { code: 'BAD_USER_INPUT' } },
  ]);
});

it('an entity that is deleted meanwhile is missing among similar ones, and among what is shared', async () => {
  const question = '{ similar(to: "ke", limit: 4) { entity { slug } sharedBecause { entity { slug } } } }';
  const { data: before } = await askWithout(null, question);
  const [first, ...others]: readonly string[] = before.similar.map(slugOf);
  expect(others).toHaveLength(3);
  const { data, errors } = await askWithout(first ?? '', question);
  expect(errors).toBeUndefined();
  expect(data.similar.map(slugOf)).toEqual(others);
  const shared = slugOf(before.similar[0].sharedBecause[0]);
  const { data: less } = await askWithout(shared, question);
  expect(
    less.similar.flatMap(({ sharedBecause }: (typeof before.similar)[0]) => sharedBecause.map(slugOf)),
  ).not.toContain(shared);
  expect(less.similar).toHaveLength(4);
});

it('a path with an entity that is deleted meanwhile is left out', async () => {
  const question = '{ pathsBetween(from: ["ke"], to: ["rs"], maxHops: 2) { nodes { entities { slug } } } }';
  const { data: before } = await askWithout(null, question);
  const [first, ...others] = before.pathsBetween.nodes;
  const { data, errors } = await askWithout(first.entities[1].slug, question);
  expect(errors).toBeUndefined();
  expect(data.pathsBetween.nodes).toEqual(others);
});
