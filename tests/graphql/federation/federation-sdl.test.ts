import {
  buildSchema,
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  Kind as NodeKind,
  parse,
  print,
  valueFromASTUntyped,
} from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import cooperationGraph from '../../../src/cooperation/graph.ts';
import { federatedSchema } from '../../../src/graphql/federation/federated-schema.ts';
import { readPage } from '../../setup/pages.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const { ontology } = cooperationGraph;
const server = silkgraph({
  of: { ...cooperationGraph, schema: federatedSchema(cooperationGraph.schema, ontology) },
});
const LAB = 'china-kenya-joint-laboratory-for-crop-molecular-biology';
const shown = readPage('docs/federation.md').blocks.map(({ text }) => text);
const shownWith = (words: string) => shown.find((text) => text.includes(words)) ?? '';

/** A lookup as a gateway reads it: its name, and for each argument the path of the field that fills it. */
interface Lookup {
  readonly field: FieldDefinitionNode;
  readonly name: string;
  readonly keys: readonly { readonly argument: string; readonly path: readonly string[] }[];
}

const named = (directives: readonly ConstDirectiveNode[] | undefined, name: string) =>
  directives?.find((directive) => directive.name.value === name);

/** As the specification says: the argument is filled by the field of `@is`, else by that of its own name. */
function lookupsOf(sdl: string): readonly Lookup[] {
  const query = parse(sdl).definitions.find(
    (one) => one.kind === NodeKind.OBJECT_TYPE_DEFINITION && one.name.value === 'Query',
  );
  const fields = query?.kind === NodeKind.OBJECT_TYPE_DEFINITION ? (query.fields ?? []) : [];
  return fields
    .filter(({ directives }) => named(directives, 'lookup'))
    .map((field) => ({
      ...{ field, name: field.name.value },
      keys: (field.arguments ?? []).map(({ name, directives }) => {
        const [selected] = named(directives, 'is')?.arguments ?? [];
        const path = selected ? String(valueFromASTUntyped(selected.value)) : name.value;
        return { argument: name.value, path: path.split('.') };
      }),
    }));
}

/** The type at the end of a path of fields, without its `!`; an interface or a union has a path if all its types have. */
function typeAt(schema: GraphQLSchema, type: string, [first, ...rest]: readonly string[]): string {
  if (first === undefined) return type;
  const start = schema.getType(type);
  const types = isAbstractType(start) ? schema.getPossibleTypes(start) : isObjectType(start) ? [start] : [];
  const ends = types.map((one) => typeAt(schema, String(one.getFields()[first]?.type).replace('!', ''), rest));
  return [...new Set(ends)].join(' | ');
}

const valueAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((at, field) => Object(at)[field] ?? undefined, value);

let sdl: string;
let lookups: readonly Lookup[];
beforeAll(async () => {
  sdl = (await server.data(shownWith('sourceSchema }')))._service.sourceSchema;
  lookups = lookupsOf(sdl);
});

describe('the source schema of composite schemas', () => {
  it('is a valid schema by itself, and defines its directives as the specification does', () => {
    const schema = buildSchema(sdl);
    const definitions = schema.getDirectives().map(({ astNode }) => (astNode ? print(astNode) : ''));
    expect(definitions).toEqual(
      expect.arrayContaining([
        'directive @key(fields: FieldSelectionSet!) repeatable on OBJECT | INTERFACE',
        'directive @lookup on FIELD_DEFINITION',
        'directive @is(field: FieldSelectionMap!) on ARGUMENT_DEFINITION',
        'directive @internal on OBJECT | FIELD_DEFINITION',
        'directive @shareable repeatable on OBJECT | FIELD_DEFINITION',
      ]),
    );
    expect(sdl).toMatch(/lab\([^)]*\): Lab @lookup\n/);
    expect(sdl).toMatch(/node\([^)]*\): Node @lookup\n/);
    expect(sdl).toMatch(/query: Query @inaccessible\n/);
  });

  it('has none of what belongs to Apollo Federation', () => {
    expect(sdl).not.toMatch(/\b_entities\b|\b_service\b|\b_Any\b|@link/);
  });

  it('has only lookups that composition accepts: of one nullable entity, with arguments that are fields of it', () => {
    const schema = buildSchema(sdl);
    expect(lookups.length).toBeGreaterThan(2 * ontology.kindNames.length);
    for (const { field, name, keys } of lookups) {
      expect(field.type.kind, name).toBe(NodeKind.NAMED_TYPE);
      expect(keys, name).not.toEqual([]);
      for (const { argument, path } of keys) {
        const given = field.arguments?.find((one) => one.name.value === argument);
        expect(given && print(given.type), name).toBe(`${typeAt(schema, print(field.type), path)}!`);
      }
    }
  });

  it('finds each kind by each of its keys, and by nothing else', () => {
    const schema = buildSchema(sdl);
    for (const kind of ontology.kindNames) {
      const type = schema.getType(kind);
      const keys = (isObjectType(type) ? (type.astNode?.directives ?? []) : [])
        .filter(({ name }) => name.value === 'key')
        .map((key) => String(key.arguments?.[0] && valueFromASTUntyped(key.arguments[0].value)).split(' ')[0]);
      const found = lookups
        .filter(({ field }) => [kind, 'Node'].includes(print(field.type)))
        .map((lookup) => [...new Set(lookup.keys.map(({ path }) => path[0]))].join());
      expect(found.toSorted(), kind).toEqual(keys.toSorted());
    }
  });

  it('finds an entity again by what a gateway knows of it, whichever lookup it takes', async () => {
    const lists = ontology.kindNames.map((kind) => ontology.kind(kind).plural);
    const known: Readonly<Record<string, { nodes: { __typename: string; slug: string }[] }>> = await server.data(
      `{ ${lists.map((list) => `${list}(first: 100) { nodes { __typename id slug identifier { scheme value } } }`).join('\n')} }`,
    );
    const entities = Object.values(known).flatMap(({ nodes }) => nodes);
    const asked = lookups.flatMap(({ field, name, keys }) => {
      const entity = entities.find(
        (one) =>
          ['Node', one.__typename].includes(print(field.type)) &&
          keys.every(({ path }) => valueAt(one, path) !== undefined),
      );
      const given = keys.map(({ argument, path }) => `${argument}: ${JSON.stringify(valueAt(entity, path))}`);
      return entity ? [{ name, slug: entity.slug, text: `${name}(${given}) { ... on Entity { slug } }` }] : [];
    });
    expect(asked.some(({ name }) => name === '_institutionByIdentifier')).toBe(true);
    const found = await server.data(`{ ${asked.map(({ text }) => text).join('\n')} }`);
    expect(found).toEqual(Object.fromEntries(asked.map(({ name, slug }) => [name, { slug }])));
  });

  it('reads what is selected below a lookup of its own', async () => {
    const { _countryBySlug: bySlug, _countryByIdentifier: byIdentifier } = await server.data(`{
      _countryBySlug(slug: "ke") { code labs(first: 1) { nodes { areas { totalCount } } } }
      _countryByIdentifier(scheme: "WIKIDATA", value: "Q114") { code labs(first: 1) { nodes { areas { totalCount } } } }
    }`);
    expect(bySlug).toMatchObject({ code: 'KE', labs: { nodes: [{ areas: { totalCount: expect.any(Number) } }] } });
    expect(byIdentifier).toEqual(bySlug);
  });

  it('is expected to cost what the field of the kind is', async () => {
    const selected =
      '{ labs(first: 50) { nodes { areas(first: 20) { nodes { programs(first: 20) { totalCount } } } } } }';
    const estimateOf = async (field: string) => {
      const { extensions } = await server.ask(`{ ${field} ${selected} }`, {}, { extensions: { cost: true } });
      return (extensions as { cost: { estimated: number } }).cost.estimated;
    };
    const estimate = await estimateOf('country(slug: "ke")');
    expect(estimate).toBeGreaterThan(10);
    expect(await estimateOf('_countryBySlug(slug: "ke")')).toBe(estimate);
    expect(await estimateOf('_countryByIdentifier(scheme: "WIKIDATA", value: "Q114")')).toBe(estimate);
  });

  it('answers null where no entity of the kind has the key', async () => {
    const found = await server.data(`{
      lab(slug: "nowhere") { name }
      _countryBySlug(slug: "${LAB}") { name }
      _labByIdentifier(scheme: "WIKIDATA", value: "Q114") { name }
    }`);
    expect(found).toEqual({ lab: null, _countryBySlug: null, _labByIdentifier: null });
  });

  it.each([
    ['a scheme that is none', 'scheme: "X", value: "1"'],
    ['wrong check digits', 'scheme: "ROR", value: "020ktwj03"'],
  ])('refuses %s', async (_, key) => {
    const { errors } = await server.ask(`{ _labByIdentifier(${key}) { name } }`);
    expect(errors).toMatchObject([{ path: ['_labByIdentifier'], extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('has the directives of the source schema of another team, as the documentation shows it', () => {
    const definitions = parse(sdl).definitions.filter(
      (one) =>
        one.kind === NodeKind.SCALAR_TYPE_DEFINITION ||
        // Those of queries take types of this schema, and describe nothing.
        (one.kind === NodeKind.DIRECTIVE_DEFINITION && !one.locations.some(({ value }) => value === 'QUERY')),
    );
    const other = shownWith('@internal');
    const schema = buildSchema(`${definitions.map(print).join('\n')}\n${other}`);
    const ours = buildSchema(sdl);
    // What a gateway knows of an entity from the other source is what a lookup of this one takes.
    for (const { field, keys } of lookupsOf(other)) {
      const kind = print(field.type);
      for (const { path } of keys) expect(typeAt(schema, kind, path)).toBe(typeAt(ours, kind, path));
    }
    expect(lookupsOf(other).map(({ name }) => name)).toEqual(['labBySlug', 'institutionByIdentifier']);
  });
});
