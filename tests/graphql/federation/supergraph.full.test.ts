import { getStitchedSchemaFromSupergraphSdl } from '@graphql-tools/federation';
import { composeServices } from '@theguild/federation-composition';
import { buildSchema, type DocumentNode, execute, type GraphQLSchema, parse, print } from 'graphql';
import { describe, expect, it } from 'vitest';
import cooperationGraph from '../../../src/cooperation/graph.ts';
import { federatedSchema } from '../../../src/graphql/federation/federated-schema.ts';
import { readPage } from '../../setup/pages.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const { ontology } = cooperationGraph;
const server = silkgraph({
  of: { ...cooperationGraph, schema: federatedSchema(cooperationGraph.schema, ontology) },
});
const LAB = 'china-kenya-joint-laboratory-for-crop-molecular-biology';

/** Another team's subgraph: visits of laboratories, by slug. */
const visits = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])
  type Query { mostVisited: [Lab]! visitsByPage(first: Int): VisitPage! }
  type Lab @key(fields: "slug") { slug: String! visits: Int! }
  type VisitPage { pageInfo: PageInfo! }
  type PageInfo @shareable { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
`;

/** The other team still counts a laboratory that is no longer there. */
const counts: Readonly<Record<string, number>> = { [LAB]: 42, 'no-longer-there': 7 };

function visitsServer(): GraphQLSchema {
  const schema = buildSchema(`
    scalar _Any
    union _Entity = Lab
    type Lab { slug: String! visits: Int! }
    type Query { mostVisited: [Lab]! _entities(representations: [_Any!]!): [_Entity]! }
  `);
  const lab = (slug: string) => ({ __typename: 'Lab', slug, visits: counts[slug] ?? 0 });
  const fields = schema.getQueryType()?.getFields() ?? {};
  if (fields.mostVisited) fields.mostVisited.resolve = () => Object.keys(counts).map(lab);
  if (fields._entities) {
    fields._entities.resolve = (_, { representations }) =>
      representations.map(({ slug }: { slug: string }) => lab(slug));
  }
  return schema;
}

interface Asked {
  readonly document: DocumentNode;
  readonly variables?: Record<string, unknown>;
}

/** Composing takes the process seconds, after which the server first thinks that it is overloaded. */
const untilAnswered = () =>
  expect
    .poll(async () => (await server.ask('{ labs(first: 1) { totalCount } }')).errors, { timeout: 20_000 })
    .toBeUndefined();

describe('a supergraph', () => {
  async function gateway() {
    const { _service } = await server.data('{ _service { sdl } }');
    const composed = composeServices([
      { name: 'silkgraph', typeDefs: parse(_service.sdl), url: 'http://silkgraph/graphql' },
      { name: 'visits', typeDefs: parse(visits), url: 'http://visits/graphql' },
    ]);
    expect(composed.errors ?? []).toEqual([]);
    const asked: string[] = [];
    const other = visitsServer();
    const schema = getStitchedSchemaFromSupergraphSdl({
      supergraphSdl: composed.supergraphSdl ?? '',
      onSubschemaConfig: (config) => {
        config.executor = (async ({ document, variables = {} }: Asked) => {
          asked.push(print(document));
          return config.name.toLowerCase() === 'silkgraph'
            ? server.ask(print(document), variables)
            : execute({ schema: other, document, variableValues: variables });
        }) as typeof config.executor;
      },
    });
    await untilAnswered();
    const ask = async (query: string) => execute({ schema, document: parse(query) });
    return { ask, asked };
  }

  it('composes with a subgraph that knows entities by their identifiers alone', async () => {
    const { _service } = await server.data('{ _service { sdl } }');
    const registry = `
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])
      type Query { memberships: [CountryGroup!]! }
      type CountryGroup @key(fields: "identifier { scheme value }") { identifier: EntityIdentifier fee: Int! }
      type EntityIdentifier @shareable { scheme: String! value: String! }
    `;
    const composed = composeServices([
      { name: 'silkgraph', typeDefs: parse(_service.sdl), url: 'http://silkgraph/graphql' },
      { name: 'registry', typeDefs: parse(registry), url: 'http://registry/graphql' },
    ]);
    expect(composed.errors ?? []).toEqual([]);
    const member = { __typename: 'CountryGroup', identifier: { scheme: 'ROR', value: '020ktwj02' }, fee: 7 };
    const schema = getStitchedSchemaFromSupergraphSdl({
      supergraphSdl: composed.supergraphSdl ?? '',
      onSubschemaConfig: (config) => {
        config.executor = (async ({ document, variables = {} }: Asked) =>
          config.name.toLowerCase() === 'silkgraph'
            ? server.ask(print(document), variables)
            : { data: { memberships: [member] } }) as typeof config.executor;
      },
    });
    await untilAnswered();
    const answer = await execute({ schema, document: parse('{ memberships { fee name } }') });
    expect(answer).toEqual({ data: { memberships: [{ fee: 7, name: 'African Union' }] } });
  });

  it('composes with any other source because the fields that lead back to the root are hidden', async () => {
    const { _service } = await server.data('{ _service { sdl } }');
    const weather = {
      name: 'weather',
      typeDefs: parse('type Query { weather: Float }'),
      url: 'http://weather/graphql',
    };
    const errorsWith = (sdl: string) =>
      composeServices([{ name: 'silkgraph', typeDefs: parse(sdl), url: 'http://silkgraph/graphql' }, weather]).errors;
    expect(errorsWith(_service.sdl) ?? []).toEqual([]);
    const refused = errorsWith(_service.sdl.replaceAll(/(: Query!?) @inaccessible/g, '$1'));
    expect(refused?.[0]?.message).toContain('cannot be satisfied by the subgraphs');
    await untilAnswered();
  });

  it('composes with the subgraph that the documentation shows', async () => {
    const { _service } = await server.data('{ _service { sdl } }');
    const shown = readPage('docs/federation.md').blocks.find(({ text }) => text.startsWith('extend schema'));
    const composed = composeServices([
      { name: 'silkgraph', typeDefs: parse(_service.sdl), url: 'http://silkgraph/graphql' },
      { name: 'other', typeDefs: parse(shown?.text ?? ''), url: 'http://other/graphql' },
    ]);
    expect(composed.errors ?? []).toEqual([]);
    expect(composed.supergraphSdl).toContain('visits: Int!');
    await untilAnswered();
  });

  it('composes with another subgraph, and a gateway joins both in each direction', async () => {
    const { ask, asked } = await gateway();
    const { data, errors } = await ask('{ mostVisited { visits name areas { nodes { name } } } }');
    expect(data).toEqual({
      mostVisited: [
        {
          visits: 42,
          name: 'China-Kenya Joint Laboratory for Crop Molecular Biology',
          areas: { nodes: [{ name: 'Crop science' }, { name: 'Molecular biology' }] },
        },
        null,
      ],
    });
    // Only the laboratory that is no longer there is missing.
    expect(errors?.map(({ path }) => path)).toEqual([['mostVisited', 1, 'name']]);
    expect(await ask('{ mostVisited { slug visits } }')).toEqual({
      data: { mostVisited: Object.entries(counts).map(([slug, number]) => ({ slug, visits: number })) },
    });
    expect(asked.filter((text) => text.includes('_entities'))).toHaveLength(1);
    const joined = await ask(`{ lab(slug: "${LAB}") { name visits } }`);
    expect(joined.data?.lab).toEqual({ name: 'China-Kenya Joint Laboratory for Crop Molecular Biology', visits: 42 });
  });
});
