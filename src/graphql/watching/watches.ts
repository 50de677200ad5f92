import { may } from '../../engine/access/viewer.ts';
import type { Graph } from '../../engine/graph/graph.ts';
import {
  createWatch,
  MOST_OF_ONE,
  readWatch,
  readWatches,
  removeWatch,
  resendDeadLetters,
  rotateSecret,
  type SecretWatch,
  type Watch,
  WatchRefused,
} from '../../history/watching/watch-store.ts';
import { constantCase } from '../../ontology/letter-case.ts';
import { lazyType } from '../builder.ts';
import type { Context } from '../context.ts';
import { badUserInput } from '../errors.ts';
import { checkMayWrite } from '../mutations/mutation-answer.ts';
import { checkCost } from './changes-subscription.ts';
import { readScope } from './scope-text.ts';

/** A watch as a caller sees it: its secret is shown when it is made, and never again. */
type ShownWatch = Watch & Partial<Pick<SecretWatch, 'secret'>>;

const WatchRef = lazyType((base) =>
  base.builder.objectRef<ShownWatch>('Watch').implement({
    description: 'A stored question about changes, which are a feed and are posted to its address.',
    fields: (t) => ({
      id: t.exposeID('id', { nullable: false, description: 'Identifier of the watch.' }),
      url: t.exposeString('url', { nullable: true, description: 'Address of the receiver; null for a feed alone.' }),
      scope: t.exposeString('scope', {
        nullable: false,
        description: 'Which changes: arguments of the subscription `changes`; empty for all.',
      }),
      feed: t.string({
        nullable: false,
        description: 'Path of its Atom feed.',
        resolve: ({ id }) => `/changes.atom?watch=${id}`,
      }),
      deliveredUpTo: t.exposeFloat('after', {
        nullable: false,
        description: 'The receiver has everything up to this revision. An integer that may exceed 2³¹.',
      }),
      lastError: t.exposeString('lastError', {
        nullable: true,
        description: 'Why the next delivery has failed; null if it has not.',
      }),
      secret: t.string({
        nullable: true,
        description: 'Secret of the signatures of its deliveries; null unless it is new.',
        resolve: ({ secret }) => secret ?? null,
      }),
      deadLetters: t.exposeInt('deadLetters', {
        nullable: false,
        description: 'Deliveries given up after all their tries.',
      }),
      isGone: t.exposeBoolean('isGone', {
        nullable: false,
        description: 'Whether the receiver has ended the watch with 410 Gone.',
      }),
    }),
  }),
);

/** @throws GraphQLError BAD_USER_INPUT */
async function orRefused<Answer>(work: Promise<Answer>): Promise<Answer> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof WatchRefused ? badUserInput(error.message) : error;
  }
}

const withoutSecrets = ({ secret: _, formerSecret: __, ...watch }: SecretWatch): Watch => watch;

const ownerOf = ({ viewer: { id, name } }: Context) => id ?? name;

/** The watches that a caller may see and remove: all for an administrator, otherwise its own. */
async function watchesOf(context: Context): Promise<readonly Watch[]> {
  const all = (await readWatches(context.logged)).map(withoutSecrets);
  return may(context.viewer, 'admin') ? all : all.filter(({ owner }) => owner === ownerOf(context));
}

/** Does something with a watch of the caller. @throws GraphQLError BAD_USER_INPUT if there is none; GraphError */
async function ofOwn<Answer>(
  context: Context,
  id: string,
  act: (watch: Watch) => Promise<Answer | undefined>,
): Promise<Answer> {
  checkMayWrite(context);
  const found = (await watchesOf(context)).find((one) => one.id === id);
  const answer = found && (await act(found));
  if (answer) return answer;
  throw badUserInput('You have no watch of this ID. List yours with `watches`.');
}

/** Adds stored watches. */
export const addWatches = lazyType((base) => {
  const { builder, ontology } = base;
  const [kind = ''] = ontology.kindNames;
  builder.queryField('watches', (t) =>
    t.field({
      earlierStates: false,
      type: [WatchRef(base)],
      nullable: { list: true, items: false },
      description: 'Your watches, oldest first; all for an administrator.',
      resolve: (_, __, context) => watchesOf(context),
    }),
  );
  builder.mutationField('createWatch', (t) =>
    t.field({
      type: WatchRef(base),
      nullable: true,
      args: {
        scope: t.arg.string({
          required: true,
          defaultValue: '',
          description: `Which changes: arguments of the subscription \`changes\`, as in \`kinds: [${constantCase(kind)}]\`; empty for all.`,
        }),
        url: t.arg.string({
          description:
            'Address of the receiver, which is in no private network unless the server allows them. Default: a feed alone.',
        }),
      },
      description: `Stores a watch: an Atom feed, and changes from now on are posted to its address. A caller has at most ${MOST_OF_ONE}.`,
      resolve: async (_, { scope, url }, context, { schema }) => {
        checkMayWrite(context);
        await checkCost(context, readScope(schema, ontology, scope));
        return orRefused(createWatch(context.logged, { url: url ?? null, scope, owner: ownerOf(context) }));
      },
    }),
  );
  const ofWatch = (
    name: string,
    description: string,
    act: (graph: Graph, watch: Watch) => Promise<ShownWatch | undefined>,
  ) =>
    builder.mutationField(name, (t) =>
      t.field({
        type: WatchRef(base),
        nullable: true,
        args: { id: t.arg.id({ required: true }) },
        description,
        resolve: (_, { id }, context) => ofOwn(context, id, (watch) => act(context.logged, watch)),
      }),
    );
  ofWatch(
    'deleteWatch',
    'Deletes a watch of yours, or any as an administrator, with what it has given up. Its feed ends.',
    async (graph, watch) => ((await removeWatch(graph, watch.id)) ? watch : undefined),
  );
  ofWatch(
    'resendWatch',
    'Begins again with the first delivery given up, also after 410 Gone; later ones are repeated.',
    async (graph, { id }) => {
      const watch = (await resendDeadLetters(graph, id)) ? await readWatch(graph, id) : undefined;
      return watch && withoutSecrets(watch);
    },
  );
  ofWatch('rotateWatchSecret', 'Gives a watch a new secret; for a week the former one signs too.', (graph, { id }) =>
    rotateSecret(graph, id),
  );
});
