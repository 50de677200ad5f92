import { buildSchema, graphql, printSchema } from 'graphql';
import { expect, it } from 'vitest';
import { findWith } from '../../../src/doors/mcp/tool.ts';
import { createFindEntities } from '../../../src/doors/mcp/tools/find-entities.ts';
import { createGetEntities } from '../../../src/doors/mcp/tools/get-entities.ts';
import { createSilkgraph, defineOntology, indexed, listOf, required, searched, text } from '../../../src/index.ts';

const { ontology, schema } = createSilkgraph({
  ontology: defineOntology({
    enumerations: {},
    sharedProperties: { name: searched(indexed(required(text('Name.'))), 'name') },
    kinds: {
      Network: {
        singular: 'network',
        plural: 'networks',
        one: 'a network',
        many: 'networks',
        description: 'A network.',
        properties: {
          relation: text('What joins it.'),
          nodes: listOf(text('Its computers.')),
          edges: listOf(text('Its cables.')),
          node: text('Its first computer.'),
          relations: text('What it is to others.'),
        },
      },
    },
    relations: {
      PART_OF: {
        from: 'Network',
        to: 'Network',
        forward: 'wholes',
        backward: 'parts',
        description: 'A network is part of another.',
        forwardDescription: 'Networks that it is part of.',
        backwardDescription: 'Networks that are part of it.',
      },
    },
    provenance: null,
  }),
});

const properties = { relation: 'cables', nodes: ['a', 'b'], edges: ['a-b'], node: 'a', relations: 'good' };
const network = { __typename: 'Network', slug: 'lan', name: 'LAN', ...properties };
const whole = { __typename: 'Network', slug: 'wan', name: 'WAN' };
Object.assign(network, { wholes: { totalCount: 1, nodes: [whole], edges: [{ node: whole }] } });
const networks = {
  totalCount: 2,
  pageInfo: { hasNextPage: true },
  nodes: [network],
  edges: [{ cursor: 'first', node: network }],
};

/** Answers questions with one network, by the types of the schema. */
const call = {
  ...{ ontology, schema },
  async ask({ query, variables = {} }: { query: string; variables?: Readonly<Record<string, unknown>> }) {
    const result = await graphql({
      schema: buildSchema(printSchema(schema)),
      source: query,
      variableValues: variables,
      rootValue: { networks, nodes: [network] },
    });
    return JSON.parse(JSON.stringify(result));
  },
  find: (question: { query: string }) => findWith(call, call.ask(question)),
};

it('returns properties that are called like the parts of a list', async () => {
  const expected = { kind: 'NETWORK', slug: 'lan', name: 'LAN', ...properties };
  const asked = { kind: 'NETWORK', properties: Object.keys(properties) };
  const found = await createFindEntities(ontology).run(asked, call);
  expect(found.value).toEqual({ total: 2, results: [expected] });
  expect(found.finish?.(found.value)).toMatchObject({ next: 'first' });
  const { value } = await createGetEntities(ontology).run({ slugs: ['lan'], relations: [] }, call);
  expect(value).toEqual({ entities: [expected] });
});

it('returns relations beside the properties of an entity that has a property of that name', async () => {
  const { value } = await createGetEntities(ontology).run({ slugs: ['lan'], relations: ['wholes'] }, call);
  const wholes = { total: 1, items: [{ kind: 'NETWORK', slug: 'wan', name: 'WAN' }] };
  expect(value).toEqual({ entities: [{ kind: 'NETWORK', slug: 'lan', name: 'LAN', ...properties, wholes }] });
});
