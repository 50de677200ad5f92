import { InvalidArgumentError } from 'commander';
import { isSlug } from '../../changes/check/check-properties.ts';
import { constantCase } from '../../ontology/letter-case.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import {
  createWatch,
  readDeadLetters,
  readWatches,
  removeWatch,
  resendDeadLetters,
  type Watch,
  WatchRefused,
} from '../../watching/watch-store.ts';
import type { Session } from '../session/session.ts';
import { table } from '../session/table.ts';
import { withGraph } from '../session/with-graph.ts';

export interface WatchFlags {
  readonly url: string;
  readonly kind?: readonly string[];
  readonly id?: readonly string[];
}

const noSuchWatch = (id: string) =>
  new WatchRefused(`There is no watch ${JSON.stringify(id)}. Run silkgraph watch list to list them.`);

function kindsOf({ kindNames }: Ontology, given: readonly string[]): Watch['kinds'] {
  if (given.length === 0) return null;
  return given.map((name) => {
    const kind = kindNames.find((one) => constantCase(one) === name);
    if (kind !== undefined) return kind;
    throw new InvalidArgumentError(`Unknown --kind ${name}. Use one of ${kindNames.map(constantCase).join(', ')}.`);
  });
}

function slugsOf(given: readonly string[]): Watch['ids'] {
  const wrong = given.find((slug): boolean => !isSlug(slug));
  if (wrong !== undefined) throw new InvalidArgumentError(`Invalid --id ${wrong}. Give the slug of an entity.`);
  return given.length === 0 ? null : given;
}

/**
 * Stores a watch, and prints the secret of its deliveries once.
 * @throws InvalidArgumentError, WatchRefused; and what `openGraph` throws
 */
export async function watchChanges(session: Session, { url, kind = [], id = [] }: WatchFlags): Promise<void> {
  const { ontology } = await session.silkgraph();
  const wanted = { url, kinds: kindsOf(ontology, kind), ids: slugsOf(id) };
  await withGraph(session, async (graph) => {
    const watch = await createWatch(graph, wanted);
    return [
      `Changes after revision ${watch.after} are posted to ${watch.url} by the watch ${watch.id}.`,
      'Its deliveries are signed with this secret, which is shown only once:',
      '',
      `  ${watch.secret}`,
    ];
  });
}

const stateOf = ({ isGone, failures, lastError }: Watch) =>
  isGone ? 'gone' : failures > 0 ? `failed ${failures} times: ${lastError}` : 'active';

const scopeOf = ({ kinds, ids }: Watch) => [...(kinds ?? []), ...(ids ?? [])].join(' ') || 'everything';

/** Lists all watches without their secrets. */
export const listWatches = (session: Session): Promise<void> =>
  withGraph(session, async (graph) => {
    const watches = await readWatches(graph);
    if (watches.length === 0) return ['There are no watches yet. Create one: silkgraph watch create --url https://…'];
    return table([
      ['Id', 'Address', 'Of', 'Taken up to', 'State'],
      ...watches.map((watch) => [watch.id, watch.url, scopeOf(watch), String(watch.after), stateOf(watch)]),
    ]);
  });

/** Removes a watch. @throws WatchRefused; and what `openGraph` throws */
export const forgetWatch = (session: Session, id: string): Promise<void> =>
  withGraph(session, async (graph) => {
    if (!(await removeWatch(graph, id))) throw noSuchWatch(id);
    return [`Removed the watch ${id}.`];
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
