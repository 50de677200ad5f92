import {
  extendSchema,
  GraphQLError,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isObjectType,
  isUnionType,
  parse,
  print,
} from 'graphql';
import type { Entity } from '../../engine/reads/rows.ts';
import type { Identified, IdentifierKey } from '../../engine/search/identified.ts';
import type { Identifier } from '../../ontology/identifiers.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { quotedValue } from '../arguments/quoted-value.ts';
import { noticing } from '../as-of/as-of-directive.ts';
import { readsOf } from '../as-of/graph-reads.ts';
import type { Context } from '../context.ts';
import type { ReadsGraph } from '../dependencies/dependencies.ts';
import { checkedIdentifier, theOne } from '../entities/identified-entity.ts';
import { badUserInput, limitExceeded } from '../errors.ts';
import { globalId, parseGlobalId } from '../identifiers.ts';
import { limits } from '../limits.ts';
import { readEntities } from '../planning/read-selection.ts';
import type { FieldNeeds } from '../planning/selection.ts';
import { federationSdl, hasIdentifier, IDENTIFIER, keysOf, lookupsBesides } from './federation-sdl.ts';

/** The field that is a key of each kind, since a list of identifiers cannot be one. */
function withIdentifiers(schema: GraphQLSchema, ontology: Ontology): GraphQLSchema {
  const kinds = ontology.kindNames.filter((kind) => hasIdentifier(ontology, kind));
  if (kinds.length === 0) return schema;
  // Another subgraph knows entities by one scheme: if each entity gave any, most would be unknown to it.
  const schemes = Object.keys(ontology.identification?.schemes ?? {});
  const rank = ({ scheme }: Identifier) => (schemes.includes(scheme) ? schemes.indexOf(scheme) : schemes.length);
  const extended = extendSchema(
    schema,
    parse(`
      "An identifier by which other subgraphs refer to an entity."
      type ${IDENTIFIER} { "System that gives the identifier." scheme: String! "The identifier." value: String! }
      ${kinds
        .map(
          (kind) => `extend type ${kind} {
            "An exact identifier of the entity in another system, of the first scheme that the ontology describes; null if there is none. Other subgraphs may refer to it by any."
            identifier: ${IDENTIFIER}
          }`,
        )
        .join('\n')}
    `),
  );
  for (const kind of kinds) {
    const type = extended.getType(kind);
    const field = isObjectType(type) ? type.getFields().identifier : undefined;
    if (!field) continue;
    field.extensions = { needs: ['identifiers'], readsGraphAlone: true } satisfies FieldNeeds & ReadsGraph;
    field.resolve = (entity: Entity) => {
      const stored = entity.value('identifiers');
      const identifiers: readonly Identifier[] = typeof stored === 'string' ? JSON.parse(stored) : [];
      return identifiers.filter(({ match }) => match === 'EXACT').sort((a, b) => rank(a) - rank(b))[0] ?? null;
    };
  }
  return extended;
}

/** What a router passes of an entity: its type, and what one of its keys says. */
type Representation = { readonly kind: Kind } & ({ readonly slug: string } | { readonly identifier: IdentifierKey });

/** A value, or the error of an item of a list, which leaves the other items as they are. @throws all other errors */
function orItsError<T>(value: () => T): T | GraphQLError {
  try {
    return value();
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

/** @throws GraphQLError BAD_USER_INPUT if a representation has no key of a kind */
function readRepresentation(ontology: Ontology, value: unknown): Representation {
  const { __typename: kind, id, slug, identifier } = Object(value) as Readonly<Record<string, unknown>>;
  if (typeof kind !== 'string' || !ontology.isKind(kind)) {
    throw badUserInput(
      `\`representations\` name types of this subgraph, as in {"__typename": "${ontology.kindNames[0]}", "slug": "…"}.`,
    );
  }
  if (typeof slug === 'string') return { kind, slug };
  if (typeof id === 'string') {
    const parsed = parseGlobalId(ontology, id);
    if (parsed.kind === kind) return parsed;
    throw badUserInput(`${JSON.stringify(globalId(parsed.kind, parsed.slug))} is not the ID of a ${kind}.`);
  }
  const { scheme, value: text } = Object(identifier) as Readonly<Record<string, unknown>>;
  const { identification } = ontology;
  if (identification && hasIdentifier(ontology, kind) && typeof scheme === 'string' && typeof text === 'string') {
    const known = Object.keys(ontology.enumeration(identification.scheme).values);
    if (!known.includes(scheme))
      throw badUserInput(`${quotedValue(scheme)} is not a known scheme. Known schemes: ${known.join(', ')}.`);
    return { kind, identifier: checkedIdentifier(identification, { scheme, value: text }) };
  }
  throw badUserInput(`The representation of ${kind} has no key. Its keys are ${keysOf(ontology, kind).join(' and ')}.`);
}

/** Entities that have the identifier of a representation; more share one only by mistake. */
const MOST_IDENTIFIED = 3;

/** The entities of representations in their order, read together; null for each that does not exist, an error for each that names none or several. */
async function findRepresented(
  given: readonly (Representation | GraphQLError)[],
  target: Kind | 'Entity',
  context: Context,
  info: GraphQLResolveInfo,
): Promise<readonly (Entity | GraphQLError | null)[]> {
  const wanted = given.filter((one) => !(one instanceof GraphQLError));
  const byIdentifier = wanted.filter((one) => 'identifier' in one);
  const identifiers = byIdentifier.map(({ identifier }) => identifier);
  const identified = identifiers.length === 0 ? [] : await (await readsOf(context)).identified(identifiers);
  const candidates = new Map<Representation, readonly Identified[]>([
    ...wanted.flatMap((one) => ('slug' in one ? [[one, [{ slug: one.slug, match: 'EXACT' }]] as const] : [])),
    ...byIdentifier.map((one, index) => [one, (identified[index] ?? []).slice(0, MOST_IDENTIFIED)] as const),
  ]);
  const slugs = new Set([...candidates.values()].flatMap((each) => each.map(({ slug }) => slug)));
  const found = await readEntities(context, info, target, [...slugs]);
  const bySlug = new Map(found.map((entity) => [entity?.slug, entity]));
  const entityOf = (one: Representation) => {
    const ofKind = (candidates.get(one) ?? []).filter(({ slug }) => bySlug.get(slug)?.kind === one.kind);
    const match = 'slug' in one ? ofKind[0] : theOne(ofKind, one.identifier);
    return (match && bySlug.get(match.slug)) ?? null;
  };
  return given.map((one) => (one instanceof GraphQLError ? one : orItsError(() => entityOf(one))));
}

/**
 * A schema as a subgraph of Apollo Federation 2 (https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/subgraph-spec),
 * and as a source schema of a composite one (https://graphql.github.io/composite-schemas-spec/draft/).
 * All entities of one `_entities` are planned and read together.
 */
export function federatedSchema(schema: GraphQLSchema, ontology: Ontology): GraphQLSchema {
  const keyed = withIdentifiers(schema, ontology);
  const service = federationSdl(keyed, ontology);
  const lookups = lookupsBesides(ontology);
  const federated = extendSchema(
    keyed,
    parse(`
      "Any value: the type of an entity and one of its keys."
      scalar _Any
      "The description of this subgraph."
      type _Service {
        "The schema with the directives of Apollo Federation."
        sdl: String!
        "The schema with the directives of composite schemas."
        sourceSchema: String!
      }
      "An entity of any kind."
      union _Entity = ${ontology.kindNames.join(' | ')}
      extend type Query {
        "The description of this subgraph, for routers."
        _service: _Service!
        "Entities by their keys, for routers: at most ${limits.representations}, in the order given; null for each that does not exist."
        _entities(representations: [_Any!]!): [_Entity]!
        ${lookups.map(({ definition }) => print(definition)).join('\n')}
      }
    `),
    // Directives of composite schemas describe the schema to a composer; the schema itself has none.
    { assumeValidSDL: true },
  );
  const fields = federated.getQueryType()?.getFields() ?? {};
  const union = federated.getType('_Entity');
  if (isUnionType(union)) union.resolveType = (entity: Entity) => entity.kind;
  if (fields._service) fields._service.resolve = () => service;
  if (fields._entities) {
    fields._entities.resolve = noticing(async (_, { representations }, context: Context, info) => {
      const given = representations as readonly unknown[];
      if (given.length > limits.representations) {
        throw limitExceeded(
          `A router asked this subgraph for ${given.length} entities at once; the limit is ${limits.representations}. Request shorter lists from the other subgraphs.`,
        );
      }
      return findRepresented(
        given.map((value) => orItsError(() => readRepresentation(ontology, value))),
        'Entity',
        context,
        info,
      );
    });
  }
  for (const { kind, definition } of lookups) {
    const field = fields[definition.name.value];
    if (!field) continue;
    field.resolve = noticing(async (_, args: Readonly<Record<string, unknown>>, context: Context, info) => {
      const representation = readRepresentation(ontology, { __typename: kind, slug: args.slug, identifier: args });
      const [found] = await findRepresented([representation], kind, context, info);
      if (found instanceof GraphQLError) throw found;
      return found;
    });
  }
  return federated;
}
