import { InvalidArgumentError } from 'commander';
import { isSlug } from '../../../engine/changes/check/check-properties.ts';
import { readScope } from '../../../graphql/watching/scope-text.ts';
import {
  createWatch,
  readDeadLetters,
  readWatches,
  removeWatch,
  resendDeadLetters,
  rotateSecret,
  type Watch,
  WatchRefused,
} from '../../../history/watching/watch-store.ts';
import { namedKind, noSuchKind } from '../../../ontology/named-kind.ts';
import type { Session } from '../session/session.ts';
import { table } from '../session/table.ts';
import { withGraph } from '../session/with-graph.ts';

/** Which changes, in the words of the subscription `changes`. */
export interface ScopeFlags {
  readonly kind?: readonly string[];
  readonly id?: readonly string[];
  readonly filter?: string;
  readonly around?: readonly string[];
  readonly depth?: string;
  readonly match?: string;
}

export interface WatchFlags extends ScopeFlags {
  readonly url?: string;
}

const noSuchWatch = (id: string) =>
  new WatchRefused(`There is no watch ${JSON.stringify(id)}. Run silkgraph watch list to list them.`);

/** The arguments of the subscription `changes` that options stand for. @throws InvalidArgumentError */
export function scopeIn({ kind = [], id = [], filter, around = [], depth, match }: ScopeFlags): string {
  for (const [option, slugs] of Object.entries({ id, around })) {
    const wrong = slugs.find((slug): boolean => !isSlug(slug));
    if (wrong !== undefined)
      throw new InvalidArgumentError(`Invalid --${option} ${wrong}. Give the slug of an entity.`);
  }
  return [
    ...(kind.length === 0 ? [] : [`kinds: [${kind.join(', ')}]`]),
    ...(id.length === 0 ? [] : [`ids: ${JSON.stringify(id)}`]),
    ...(filter === undefined ? [] : [`filter: ${filter}`]),
    ...(around.length === 0 ? [] : [`around: ${JSON.stringify(around)}`]),
    ...(depth === undefined ? [] : [`depth: ${depth}`]),
    ...(match === undefined ? [] : [`match: ${match}`]),
  ].join(', ');
}

/**
 * Stores a watch, and prints the secret of its deliveries once.
 * @throws InvalidArgumentError, WatchRefused, GraphQLError; and what `openGraph` throws
 */
export async function watchChanges(session: Session, { url, ...flags }: WatchFlags): Promise<void> {
  const { ontology, schema } = await session.silkgraph();
  const unknown = flags.kind?.find((kind) => namedKind(ontology, kind) === undefined);
  if (unknown !== undefined) throw new InvalidArgumentError(noSuchKind(ontology, unknown));
  const scope = scopeIn(flags);
  // Read once, so that a mistake is found now.
  readScope(schema, ontology, scope);
  await withGraph(session, async (graph) => {
    const watch = await createWatch(graph, { url: url ?? null, scope, owner: null });
    const feed = `Its Atom feed is /changes.atom?watch=${watch.id} on the server.`;
    if (watch.url === null) return [`Created the watch ${watch.id}.`, feed];
    return [
      `Changes after revision ${watch.after} are posted to ${watch.url} by the watch ${watch.id}.`,
      feed,
      'Its deliveries are signed with this secret, which is shown only once:',
      '',
      `  ${watch.secret}`,
    ];
  });
}

const stateOf = ({ isGone, failures, lastError }: Watch) =>
  isGone ? 'gone' : failures > 0 ? `failed ${failures} times: ${lastError}` : 'active';

/** Lists all watches without their secrets. */
export const listWatches = (session: Session): Promise<void> =>
  withGraph(session, async (graph) => {
    const watches = await readWatches(graph);
    if (watches.length === 0) return ['There are no watches yet. Create one: silkgraph watch create'];
    return table([
      ['Id', 'Address', 'Of', 'Taken up to', 'State'],
      ...watches.map((watch) => [
        watch.id,
        watch.url ?? 'feed',
        watch.scope || 'everything',
        watch.url === null ? '' : String(watch.after),
        stateOf(watch),
      ]),
    ]);
  });

/** Removes a watch. @throws WatchRefused; and what `openGraph` throws */
export const forgetWatch = (session: Session, id: string): Promise<void> =>
  withGraph(session, async (graph) => {
    if (!(await removeWatch(graph, id))) throw noSuchWatch(id);
    return [`Removed the watch ${id}.`];
  });

/** Gives a watch a new secret, and prints it once. @throws WatchRefused; and what `openGraph` throws */
export const rotateWatch = (session: Session, id: string): Promise<void> =>
  withGraph(session, async (graph) => {
    const watch = await rotateSecret(graph, id);
    if (!watch) throw noSuchWatch(id);
    return [
      `Deliveries of the watch ${id} are signed with this secret, which is shown only once, and for a week with the former one too:`,
      '',
      `  ${watch.secret}`,
    ];
  });

/** Lists the deliveries that were given up. */
export const listDeadLetters = (session: Session): Promise<void> =>
  withGraph(session, async (graph) => {
    const letters = await readDeadLetters(graph);
    if (letters.length === 0) return ['Every delivery was taken, or is still tried.'];
    return table([
      ['Watch', 'Changes', 'Given up', 'Error'],
      ...letters.map(({ watch, after, until, at, error }) => [watch, `${after + 1} to ${until}`, at, error]),
    ]);
  });

/** Has a watch begin again with what was given up. @throws WatchRefused; and what `openGraph` throws */
export const resendToWatch = (session: Session, id: string): Promise<void> =>
  withGraph(session, async (graph) => {
    if (!(await resendDeadLetters(graph, id))) throw noSuchWatch(id);
    return [`The watch ${id} begins again with the first delivery that was given up; later ones are repeated.`];
  });
