import {
  DirectiveLocation,
  defaultFieldResolver,
  GraphQLDirective,
  type GraphQLFieldResolver,
  GraphQLFloat,
  type GraphQLResolveInfo,
  GraphQLSchema,
  GraphQLString,
  getDirectiveValues,
  isScalarType,
} from 'graphql';
import type { RevisionName } from '../../history/revisions/revision.ts';
import type { Context } from '../context.ts';
import { earlierStatesOf } from '../declarations/earlier-states.ts';
import { badUserInput } from '../errors.ts';

/** Name of the directive. */
export const asOfDirective = 'asOf';

/** The names of a revision in arguments, of which one is given at most. */
export interface RevisionArguments {
  readonly revision?: number | null | undefined;
  readonly tag?: string | null | undefined;
  readonly at?: string | null | undefined;
}

/** The revision that arguments name; `undefined` if they name none. @throws GraphQLError BAD_USER_INPUT */
export function revisionNamed({ revision, tag, at }: RevisionArguments): RevisionName | undefined {
  const names: RevisionName[] = [
    ...(typeof revision === 'number' ? [{ revision }] : []),
    ...(typeof tag === 'string' ? [{ tag }] : []),
    ...(typeof at === 'string' ? [{ at }] : []),
  ];
  if (names.length > 1) throw badUserInput('Pass only one of `revision`, `tag` and `at`.');
  return names[0];
}

export type Asking = Pick<GraphQLResolveInfo, 'schema' | 'operation' | 'variableValues'>;

/** The revision that an operation asks about; `undefined` for today. @throws GraphQLError BAD_USER_INPUT */
export function revisionAsked({ schema, operation, variableValues }: Asking): RevisionName | undefined {
  if (!operation.directives?.some(({ name }) => name.value === asOfDirective)) return undefined;
  const directive = schema.getDirective(asOfDirective);
  return directive ? revisionNamed(getDirectiveValues(directive, operation, variableValues) ?? {}) : undefined;
}

/**
 * The same schema with the directive that asks an operation about the past. A directive on the operation rather than an
 * argument of each field or a root field around them: one answer then comes from one state, whatever it selects; the
 * document says so where it is read, stored or trusted; and a document without it stays as it is. It is named for
 * what the graph knew, since data have dates of their own at which something was so.
 */
export function withAsOf(schema: GraphQLSchema): GraphQLSchema {
  const dateTime = schema.getType('DateTime');
  if (!isScalarType(dateTime)) throw new Error('The schema has no DateTime.');
  const directive = new GraphQLDirective({
    name: asOfDirective,
    locations: [DirectiveLocation.QUERY],
    description: `Answers the query as of an earlier state of the graph: what it knew then. Pass one of the arguments; if all are null, the query is about today. Fields that are about today alone return an error: ${ofToday(schema).join(', ')}.`,
    args: {
      revision: {
        type: GraphQLFloat,
        description: 'Number of the revision: the `sequence` of a change, after it and those committed with it.',
      },
      tag: { type: GraphQLString, description: 'Name of the revision, as listed by `tags`.' },
      at: { type: dateTime, description: 'Instant at which the revision was the newest.' },
    },
  });
  const config = schema.toConfig();
  const answering = new GraphQLSchema({ ...config, directives: [...config.directives, directive] });
  for (const field of Object.values(answering.getQueryType()?.getFields() ?? {}))
    field.resolve = noticing(field.resolve ?? defaultFieldResolver);
  return answering;
}

/** The root fields that answer of today alone. */
const ofToday = (schema: GraphQLSchema): readonly string[] =>
  Object.values(schema.getQueryType()?.getFields() ?? {})
    .filter((field) => earlierStatesOf(field) === false)
    .map(({ name }) => `\`${name}\``);

type Resolve = GraphQLFieldResolver<unknown, Context>;

/** The resolver of a root field that says first what the operation asks about, so that no resolver reads today where it must not. */
export const noticing =
  (resolve: Resolve): Resolve =>
  (parent, args, context, info) => {
    if ((info.operation.directives?.length ?? 0) > 0) context.past.name ??= revisionAsked(info);
    return resolve(parent, args, context, info);
  };
