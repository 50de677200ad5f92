import type { FeedEvent } from '../../engine/changes/log/change-feed.ts';
import { matchCost } from '../../engine/match/match-cost.ts';
import { followScope } from '../../history/scope/follow-scope.ts';
import { lazyType } from '../builder.ts';
import { ChangeEvent, changeCursor } from '../changes/change-types.ts';
import type { Context } from '../context.ts';
import { checkPatternCost } from '../match/match.ts';
import { scopeArguments, scopeOf } from './scope-arguments.ts';
import { scopeRefusal } from './scope-refusal.ts';

/** Not a generator, which would end its source only once the next change has come. */
const withRefusals = (events: AsyncIterableIterator<FeedEvent>): AsyncIterableIterator<FeedEvent> => ({
  next: () =>
    events.next().catch((error: unknown) => {
      throw scopeRefusal(error);
    }),
  return: async () => (await events.return?.()) ?? { done: true, value: undefined },
  [Symbol.asyncIterator]() {
    return this;
  },
});

type Scope = ReturnType<typeof scopeOf>['scope'];

/** Refuses questions that are too expensive to be asked at each change. @throws GraphQLError LIMIT_EXCEEDED */
export async function checkCost({ statistics }: Context, { questions }: Scope): Promise<void> {
  for (const question of questions) {
    if ('pattern' in question) checkPatternCost(matchCost(question.pattern, await statistics()));
  }
}

/** Adds the subscription to changes. */
export const addChangesSubscription = lazyType((base) => {
  base.builder.subscriptionType({ description: 'Changes to the graph in real time.' });

  base.builder.subscriptionField('changes', (t) =>
    t.field({
      type: ChangeEvent(base),
      nullable: true,
      args: scopeArguments(base),
      description:
        'Every change to the graph, exactly once and in order: first those after `after`, then new ones. To resume without gaps or duplicates, on any server, pass the last `cursor` received as `after`. Without `after`, only new changes.',
      subscribe: async (_, args, context): Promise<AsyncIterable<FeedEvent>> => {
        const { feed, leavePlace, kept, states, ontology, position } = context;
        const wanted = scopeOf(ontology, { ...args, after: position.after ?? args.after });
        try {
          await checkCost(context, wanted.scope);
          return withRefusals(await followScope(feed, { graph: kept, states }, wanted, leavePlace));
        } catch (error) {
          throw scopeRefusal(error);
        }
      },
      resolve: (event, _, { position }) => {
        position.cursor = changeCursor(event.subject === 'LAGGED' ? event.after : event.sequence);
        return event;
      },
    }),
  );
});
