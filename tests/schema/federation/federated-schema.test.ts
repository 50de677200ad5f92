import { describe, expect, it } from 'vitest';
import cooperationGraph from '../../../src/cooperation/graph.ts';
import { federatedSchema } from '../../../src/schema/federation/federated-schema.ts';
import { globalId } from '../../../src/schema/identifiers.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const { ontology } = cooperationGraph;
const server = silkgraph({
  of: { ...cooperationGraph, schema: federatedSchema(cooperationGraph.schema, ontology) },
});
const LAB = 'china-kenya-joint-laboratory-for-crop-molecular-biology';

const ENTITIES = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    __typename
    ... on Lab { slug areas { nodes { name } } partnerCountries { nodes { name } } }
    ... on Country { slug code groups { totalCount } }
  }
}`;

describe('_entities', () => {
  it('finds entities by id and by slug in the order given, and null for what is absent', async () => {
    const { _entities: found } = await server.data(ENTITIES, {
      representations: [
        { __typename: 'Country', slug: 'ke' },
        { __typename: 'Lab', id: globalId('Lab', LAB) },
        { __typename: 'Lab', slug: 'nowhere' },
        // A slug of another kind is no key of this one.
        { __typename: 'Lab', slug: 'ke' },
        { __typename: 'Country', slug: 'ke' },
      ],
    });
    expect(found[0]).toMatchObject({ __typename: 'Country', slug: 'ke', code: 'KE' });
    expect(found[1]).toMatchObject({ __typename: 'Lab', slug: LAB, partnerCountries: { nodes: [{ name: 'Kenya' }] } });
    expect(found.slice(2)).toEqual([null, null, found[0]]);
  });

  it('reads all of them in one statement, relations included', async () => {
    const labs = (await server.data('{ labs(first: 50) { nodes { slug } } }')).labs.nodes;
    const representations = labs.map(({ slug }: { slug: string }) => ({ __typename: 'Lab', slug }));
    await server.data(ENTITIES, { representations });
    expect(server.ran).toHaveLength(1);
  });

  it.each<[string, unknown, string]>([
    ['a type that is none', { __typename: 'Ship', slug: 'x' }, 'BAD_USER_INPUT'],
    ['no key', { __typename: 'Lab' }, 'BAD_USER_INPUT'],
    ['the id of another kind', { __typename: 'Lab', id: globalId('Country', 'ke') }, 'BAD_USER_INPUT'],
    ['no object', 'x', 'BAD_USER_INPUT'],
  ])('refuses a representation with %s', async (_, representation, code) => {
    const { errors } = await server.ask(ENTITIES, { representations: [representation] });
    expect(errors?.[0]?.extensions?.code).toBe(code);
  });

  it('refuses more than a page of them', async () => {
    const representations = Array.from({ length: 101 }, () => ({ __typename: 'Lab', slug: LAB }));
    const { errors } = await server.ask(ENTITIES, { representations });
    expect(errors?.[0]?.extensions?.code).toBe('LIMIT_EXCEEDED');
  });

  it('is absent unless it is switched on', () => {
    expect(cooperationGraph.schema.getQueryType()?.getFields()._entities).toBeUndefined();
  });
});
