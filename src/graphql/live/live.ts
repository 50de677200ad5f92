import { type GraphQLResolveInfo, Kind } from 'graphql';
import { isTouched } from '../../engine/changes/log/graph-revisions.ts';
import { lazyType } from '../builder.ts';
import type { Context } from '../context.ts';
import { createFindDependencies, type FindDependencies } from '../dependencies/dependencies.ts';
import { badUserInput } from '../errors.ts';
import { LIVE, liveQuery } from './live-query.ts';

/** The question depends on more than the graph, so nobody can tell when its answer changes. */
export const neverChanges = () =>
  badUserInput(
    'Live answers need fields that depend on the graph alone. Leave out the fields written by hand, or query them without `live`.',
  );

/** A turn for the first answer, and one after each change that may change it. The server makes each answer once for all. */
async function* turns(find: FindDependencies, { feed }: Context, info: GraphQLResolveInfo): AsyncGenerator<object> {
  const definitions = [info.operation, ...Object.values(info.fragments)];
  const name = info.operation.name?.value;
  const query = liveQuery({ kind: Kind.DOCUMENT, definitions }, name);
  const dependencies = query && find(info.schema, query.document, name, info.variableValues).dependencies;
  if (dependencies === undefined) throw neverChanges();
  const events = await feed.follow({});
  try {
    yield {};
    for await (const event of events) if (isTouched(dependencies, event)) yield {};
  } finally {
    await events.return?.();
  }
}

/** Adds live questions. */
export const addLive = lazyType((base) => {
  const find = createFindDependencies(base.ontology);
  base.builder.subscriptionField(LIVE, (t) =>
    t.field({
      type: 'Query',
      nullable: false,
      description:
        'The answer to any query, sent at once and again, as a whole, whenever a change to the graph has changed it. If changes come faster than the client reads, it receives the latest answer only.',
      subscribe: (_, __, context, info) => turns(find, context, info),
      resolve: (turn) => turn as object,
    }),
  );
});
