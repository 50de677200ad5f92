import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  Kind as NodeKind,
  type ObjectTypeDefinitionNode,
  parse,
  print,
  printSchema,
  visit,
} from 'graphql';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { namedTypeOf } from '../arguments/variables.ts';

/** The type of the field that is a key of each kind, beside `id` and `slug`. */
export const IDENTIFIER = 'EntityIdentifier';

/** Whether entities of a kind have the key `identifier`; a property of that name is not replaced. */
export const hasIdentifier = ({ identification, propertiesOf }: Ontology, kind: Kind): boolean =>
  identification !== undefined && !Object.hasOwn(propertiesOf(kind), 'identifier');

/** The fields by which other subgraphs refer to an entity. */
export const keysOf = (ontology: Ontology, kind: Kind): readonly string[] => [
  'id',
  'slug',
  ...(hasIdentifier(ontology, kind) ? ['identifier { scheme value }'] : []),
];

/** Types of values that other subgraphs define in the same way. */
const SHAREABLE: ReadonlySet<string> = new Set(['PageInfo', IDENTIFIER]);

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

/**
 * The schema with the directives that Apollo Federation and composite schemas have alike: each kind has the keys `id`, `slug`
 * and `identifier`, so that others can add fields to it; a field that leads back to the root is hidden.
 */
function describedSchema(schema: GraphQLSchema, ontology: Ontology): DocumentNode {
  const queryName = schema.getQueryType()?.name;
  return visit(parse(printSchema(schema)), {
    // The root of this subgraph alone: nested, a router could not reach that of the others.
    FieldDefinition: (node) =>
      namedTypeOf(node.type) === queryName ? { ...node, directives: [directive('inaccessible')] } : undefined,
    ObjectTypeDefinition(node): ObjectTypeDefinitionNode | undefined {
      const name = node.name.value;
      if (ontology.isKind(name)) {
        return { ...node, directives: keysOf(ontology, name).map((key) => directive('key', key)) };
      }
      return SHAREABLE.has(name) ? { ...node, directives: [directive('shareable')] } : undefined;
    },
  });
}

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable", "@inaccessible"])';

/** Apollo's own composition refuses this directive unless the subgraph defines it. */
const ONE_OF = 'directive @oneOf on INPUT_OBJECT';

/** As the specification of composite schemas defines them: a composer need not know them to read the source schema. */
const COMPOSITE_DIRECTIVES = `
  scalar FieldSelectionSet
  scalar FieldSelectionMap
  directive @key(fields: FieldSelectionSet!) repeatable on OBJECT | INTERFACE
  directive @lookup on FIELD_DEFINITION
  directive @is(field: FieldSelectionMap!) on ARGUMENT_DEFINITION
  directive @internal on OBJECT | FIELD_DEFINITION
  directive @shareable repeatable on OBJECT | FIELD_DEFINITION
  directive @inaccessible on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION
`;

/** A root field that finds an entity of a kind for a gateway alone. */
interface Lookup {
  readonly kind: Kind;
  readonly definition: FieldDefinitionNode;
}

const lookup = (kind: Kind, description: string, signature: string): readonly Lookup[] => {
  const field = `${JSON.stringify(description)} ${signature}: ${kind} @lookup @internal`;
  const [type] = parse(`type Query { ${field} }`).definitions;
  const fields = type?.kind === NodeKind.OBJECT_TYPE_DEFINITION ? (type.fields ?? []) : [];
  return fields.map((definition) => ({ kind, definition }));
};

const IDENTIFIED = 'scheme: String! @is(field: "identifier.scheme"), value: String! @is(field: "identifier.value")';

/**
 * Lookups by the keys that no other root field takes alone: by `slug` where the field of the kind takes another key too,
 * and by `identifier`.
 */
export const lookupsBesides = (ontology: Ontology): readonly Lookup[] =>
  ontology.kindNames.flatMap((kind) => {
    const { singular, one, slugFrom } = ontology.kind(kind);
    return [
      ...(slugFrom === undefined
        ? []
        : lookup(kind, `For gateways: ${one} by slug.`, `_${singular}BySlug(slug: String!)`)),
      ...(hasIdentifier(ontology, kind)
        ? lookup(kind, `For gateways: ${one} by identifier.`, `_${singular}ByIdentifier(${IDENTIFIED})`)
        : []),
    ];
  });

/** Whether a root field finds one entity by a key alone. */
function findsByKey(ontology: Ontology, { type, arguments: given = [] }: FieldDefinitionNode): boolean {
  const [key, ...more] = given;
  return (
    type.kind === NodeKind.NAMED_TYPE &&
    (ontology.isKind(type.name.value) || type.name.value === 'Node') &&
    key?.type.kind === NodeKind.NON_NULL_TYPE &&
    ['id', 'slug'].includes(key.name.value) &&
    more.length === 0
  );
}

/** The root fields that find one entity by a key are lookups, beside those for gateways alone. */
const withLookups = (described: DocumentNode, queryName: string | undefined, ontology: Ontology): DocumentNode =>
  visit(described, {
    ObjectTypeDefinition: (node): ObjectTypeDefinitionNode | undefined => {
      if (node.name.value !== queryName) return undefined;
      const fields = (node.fields ?? []).map((field) =>
        findsByKey(ontology, field) ? { ...field, directives: [directive('lookup')] } : field,
      );
      return { ...node, fields: [...fields, ...lookupsBesides(ontology).map(({ definition }) => definition)] };
    },
  });

/** How a subgraph describes itself, without the fields of Apollo Federation itself, which a router adds. */
export interface FederationSdl {
  /** As a subgraph of Apollo Federation 2. */
  readonly sdl: string;
  /** As a source schema of a composite schema. */
  readonly sourceSchema: string;
}

/** The descriptions of a schema for routers and gateways. */
export function federationSdl(schema: GraphQLSchema, ontology: Ontology): FederationSdl {
  const described = describedSchema(schema, ontology);
  const sourceSchema = withLookups(described, schema.getQueryType()?.name, ontology);
  return {
    sdl: `${LINK}\n\n${ONE_OF}\n\n${print(described)}\n`,
    sourceSchema: `${print(parse(COMPOSITE_DIRECTIVES))}\n\n${print(sourceSchema)}\n`,
  };
}
