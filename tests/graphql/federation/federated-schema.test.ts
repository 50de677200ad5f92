import { Kind as NodeKind, parse, visit } from 'graphql';
import { describe, expect, it } from 'vitest';
import cooperationGraph from '../../../src/cooperation/graph.ts';
import { federatedSchema } from '../../../src/graphql/federation/federated-schema.ts';
import { globalId } from '../../../src/graphql/identifiers.ts';
import { seeds } from '../../setup/seeds.ts';
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

  it('finds entities by any of their identifiers, of the kind that is meant', async () => {
    const identified = `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { __typename ... on Entity { slug } ... on Lab { identifier { scheme value } } ... on CountryGroup { identifier { scheme value } } }
    }`;
    const by = (kind: string, scheme: string, value: string) => ({ __typename: kind, identifier: { scheme, value } });
    const { _entities: found } = await server.data(identified, {
      representations: [
        by('Country', 'WIKIDATA', 'Q228'),
        by('CountryGroup', 'ROR', 'https://ror.org/020ktwj02'),
        by('Lab', 'ROR', '020ktwj02'),
        by('Country', 'WIKIDATA', 'Q999999999'),
        { __typename: 'Country', slug: 'ke' },
      ],
    });
    expect(found.map((entity: { slug: string } | null) => entity?.slug)).toEqual([
      'ad',
      'african-union',
      undefined,
      undefined,
      'ke',
    ]);
    expect(found[1].identifier).toEqual({ scheme: 'ROR', value: '020ktwj02' });
    // One statement for the identifiers, and one for the entities.
    expect(server.ran).toHaveLength(2);
  });

  it('names each entity by the scheme that comes first, so that a subgraph that knows this scheme alone finds it', async () => {
    const exact = seeds.identifiers.filter(({ match }) => match === 'EXACT');
    const named = (scheme: string) => new Set(exact.filter((one) => one.scheme === scheme).map(({ entity }) => entity));
    const institutions = seeds.entities.Institution.filter(({ id }) => named('ROR').has(id));
    const countries = seeds.entities.Country.filter(({ id }) => named('WIKIDATA').has(id));
    const { _entities: found } = await server.data(
      `query ($representations: [_Any!]!) {
        _entities(representations: $representations) {
          ... on Institution { identifier { scheme } }
          ... on Country { identifier { scheme } }
        }
      }`,
      {
        representations: [
          ...institutions.map(({ id }) => ({ __typename: 'Institution', slug: id })),
          ...countries.map(({ id }) => ({ __typename: 'Country', slug: id })),
        ],
      },
    );
    expect(found).toEqual([
      ...institutions.map(() => ({ identifier: { scheme: 'ROR' } })),
      ...countries.map(() => ({ identifier: { scheme: 'WIKIDATA' } })),
    ]);
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
    ['a scheme that is none', { __typename: 'Lab', identifier: { scheme: 'X', value: '1' } }, 'BAD_USER_INPUT'],
    ['wrong check digits', { __typename: 'Lab', identifier: { scheme: 'ROR', value: '020ktwj03' } }, 'BAD_USER_INPUT'],
    ['half an identifier', { __typename: 'Lab', identifier: { scheme: 'ROR' } }, 'BAD_USER_INPUT'],
    ['no object', 'x', 'BAD_USER_INPUT'],
  ])('refuses a representation with %s, and finds the others', async (_, representation, code) => {
    const kenya = { __typename: 'Country', slug: 'ke' };
    const { data, errors } = await server.ask(ENTITIES, { representations: [kenya, representation, kenya] });
    expect(errors?.map(({ path, extensions }) => [path, extensions?.code])).toEqual([[['_entities', 1], code]]);
    expect(data?._entities).toEqual([expect.objectContaining({ code: 'KE' }), null, data?._entities[0]]);
  });

  it('takes more than a page of them, since a router asks at once for all that the lists of others refer to', async () => {
    const institutions = seeds.entities.Institution.slice(0, 250).map(({ id }) => id);
    const { _entities: found } = await server.data(
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Institution { slug country { name } } } }',
      { representations: institutions.map((slug) => ({ __typename: 'Institution', slug })) },
    );
    expect(found.map(({ slug }: { slug: string }) => slug)).toEqual(institutions);
    expect(server.ran).toHaveLength(1);
  });

  it('refuses more than a thousand in words that help those who ask the router', async () => {
    const representations = Array.from({ length: 1_001 }, () => ({ __typename: 'Lab', slug: LAB }));
    const { errors } = await server.ask(ENTITIES, { representations });
    expect(errors).toMatchObject([
      { message: expect.stringContaining('shorter lists'), extensions: { code: 'LIMIT_EXCEEDED' } },
    ]);
  });

  it('is absent unless it is switched on', () => {
    expect(cooperationGraph.schema.getQueryType()?.getFields()._entities).toBeUndefined();
  });
});

/** Directives that every composer of Federation 2 knows: those of its specification, and those of GraphQL in 2021. */
const KNOWN = new Set(['link', 'key', 'shareable', 'inaccessible', 'skip', 'include', 'deprecated', 'specifiedBy']);

describe('_service', () => {
  it('defines each directive of the subgraph that a composer may not know', async () => {
    const { _service } = await server.data('{ _service { sdl } }');
    const document = parse(_service.sdl);
    const defined = document.definitions.flatMap((definition) =>
      definition.kind === NodeKind.DIRECTIVE_DEFINITION ? [definition.name.value] : [],
    );
    const used = new Set<string>();
    visit(document, { Directive: ({ name }) => void used.add(name.value) });
    expect(used).toContain('oneOf');
    expect([...used].filter((name) => !KNOWN.has(name) && !defined.includes(name))).toEqual([]);
    expect(new Set(defined).size).toBe(defined.length);
  });
});
