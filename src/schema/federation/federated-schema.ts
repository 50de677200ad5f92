import {
  type ConstDirectiveNode,
  type DocumentNode,
  extendSchema,
  type GraphQLSchema,
  isUnionType,
  Kind as NodeKind,
  type ObjectTypeDefinitionNode,
  parse,
  print,
  printSchema,
  type TypeNode,
  visit,
} from 'graphql';
import type { Entity } from '../../graph/reads/rows.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import type { Context } from '../context.ts';
import { badUserInput, limitExceeded } from '../errors.ts';
import { globalId, parseGlobalId } from '../identifiers.ts';
import { limits } from '../limits.ts';
import { readEntities } from '../planning/read-selection.ts';

/** The fields by which other subgraphs refer to an entity. */
const KEYS = ['id', 'slug'] as const;

/** Types of values that other subgraphs define in the same way. */
const SHAREABLE: ReadonlySet<string> = new Set(['PageInfo']);

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable", "@inaccessible"])';

const directive = (name: string, fields?: string): ConstDirectiveNode => ({
  kind: NodeKind.DIRECTIVE,
  name: { kind: NodeKind.NAME, value: name },
  arguments:
    fields === undefined
      ? []
      : [
          {
            kind: NodeKind.ARGUMENT,
            name: { kind: NodeKind.NAME, value: 'fields' },
            value: { kind: NodeKind.STRING, value: fields },
          },
        ],
});

const typeNameOf = (type: TypeNode): string =>
  type.kind === NodeKind.NAMED_TYPE ? type.name.value : typeNameOf(type.type);

/**
 * The schema as a subgraph of Apollo Federation 2 describes itself: each kind has the keys `id` and `slug`, so that another
 * subgraph can add fields to it; a field that leads back to the root is hidden. Without the fields of the federation itself, which a router adds.
 */
export function subgraphSdl(schema: GraphQLSchema, { isKind }: Ontology): string {
  const queryName = schema.getQueryType()?.name;
  const document: DocumentNode = visit(parse(printSchema(schema)), {
    // The root of this subgraph alone: nested, a router could not reach that of the others.
    FieldDefinition: (node) =>
      typeNameOf(node.type) === queryName ? { ...node, directives: [directive('inaccessible')] } : undefined,
    ObjectTypeDefinition(node): ObjectTypeDefinitionNode | undefined {
      if (isKind(node.name.value)) return { ...node, directives: KEYS.map((key) => directive('key', key)) };
      return SHAREABLE.has(node.name.value) ? { ...node, directives: [directive('shareable')] } : undefined;
    },
  });
  return `${LINK}\n\n${print(document)}\n`;
}

/** What a router passes of an entity: its type and one of its keys. */
interface Representation {
  readonly kind: Kind;
  readonly slug: string;
}

/** @throws GraphQLError BAD_USER_INPUT if a representation has no key of a kind */
function readRepresentation(ontology: Ontology, value: unknown): Representation {
  const { __typename: kind, id, slug } = Object(value) as Readonly<Record<string, unknown>>;
  if (typeof kind !== 'string' || !ontology.isKind(kind)) {
    throw badUserInput(
      `\`representations\` name types of this subgraph, as in {"__typename": "${ontology.kindNames[0]}", "slug": "…"}.`,
    );
  }
  if (typeof slug === 'string') return { kind, slug };
  if (typeof id !== 'string') {
    throw badUserInput(`The representation of ${kind} has no key. Its keys are ${KEYS.join(' and ')}.`);
  }
  const parsed = parseGlobalId(ontology, id);
  if (parsed.kind === kind) return parsed;
  throw badUserInput(`${JSON.stringify(globalId(parsed.kind, parsed.slug))} is not the ID of a ${kind}.`);
}

/**
 * A schema as a subgraph of Apollo Federation 2 (https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/subgraph-spec).
 * All entities of one `_entities` are planned and read together.
 */
export function federatedSchema(schema: GraphQLSchema, ontology: Ontology): GraphQLSchema {
  const sdl = subgraphSdl(schema, ontology);
  const federated = extendSchema(
    schema,
    parse(`
      "Any value: the type of an entity and one of its keys."
      scalar _Any
      "The description of this subgraph."
      type _Service { "The schema with the directives of the federation." sdl: String! }
      "An entity of any kind."
      union _Entity = ${ontology.kindNames.join(' | ')}
      extend type Query {
        "The description of this subgraph, for routers."
        _service: _Service!
        "Entities by their keys, for routers: at most ${limits.pageSize}, in the order given; null for each that does not exist."
        _entities(representations: [_Any!]!): [_Entity]!
      }
    `),
  );
  const fields = federated.getQueryType()?.getFields() ?? {};
  const union = federated.getType('_Entity');
  if (isUnionType(union)) union.resolveType = (entity: Entity) => entity.kind;
  if (fields._service) fields._service.resolve = () => ({ sdl });
  if (fields._entities) {
    fields._entities.resolve = async (_, { representations }, context: Context, info) => {
      const given = representations as readonly unknown[];
      if (given.length > limits.pageSize) {
        throw limitExceeded(`\`representations\` takes at most ${limits.pageSize} entities; got ${given.length}.`);
      }
      const wanted = given.map((value) => readRepresentation(ontology, value));
      const found = await readEntities(context, info, 'Entity', [...new Set(wanted.map(({ slug }) => slug))]);
      const bySlug = new Map(found.map((entity) => [entity?.slug, entity]));
      return wanted.map(({ kind, slug }) => {
        const entity = bySlug.get(slug);
        return entity?.kind === kind ? entity : null;
      });
    };
  }
  return federated;
}
