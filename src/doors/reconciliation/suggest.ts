import { type Ask, dataOf } from '../../graphql/internal-client/ask.ts';
import { type Asked, rootQuestion } from '../../graphql/internal-client/root-question.ts';
import { limits } from '../../graphql/limits.ts';
import { namedKind } from '../../ontology/named-kind.ts';
import { comparable } from './name-similarity.ts';
import { typeNamed } from './properties.ts';
import { reconcile } from './reconcile.ts';
import { bounds } from './reconciliation-query.ts';

/** Suggestions in one response. */
const SUGGESTIONS = 20;

/** What a client may mean by what was typed so far. */
export interface Typed {
  readonly prefix: string;
  /** The number of suggestions that the client has already. */
  readonly skipped: number;
}

/** Entities with a name that begins so, or else with a similar one. */
export async function suggestEntities(asked: Asked, ask: Ask, { prefix, skipped }: Typed) {
  const { ontology } = asked;
  const limit = Math.min(skipped + SUGGESTIONS, limits.suggestions);
  const given = { prefix: prefix.slice(0, bounds.text), limit };
  const question = rootQuestion(asked, 'suggest', given, '{ kind slug name text }');
  const { suggest = [] } = dataOf(await ask(question, { isOwnDocument: true }));
  const found = suggest as readonly { kind: string; slug: string; name: string; text: string }[];
  if (found.length === 0) return similarEntities(asked, ask, { prefix, skipped });
  return found.slice(skipped).map(({ kind, slug, name, text }) => {
    const of = namedKind(ontology, kind);
    return {
      id: slug,
      name,
      ...(text === name ? {} : { description: text }),
      notable: of ? [typeNamed(ontology, of)] : [],
    };
  });
}

/** A client that suggests matches for a cell sends its whole text, which no name may begin with. */
async function similarEntities(asked: Asked, ask: Ask, { prefix, skipped }: Typed) {
  const named = { text: prefix.slice(0, bounds.text), isNamed: true, types: [], prefersTypes: false, values: [] };
  const { q } = await reconcile(asked, ask, new Map([['q', { ...named, limit: bounds.candidates }]]));
  return (q?.result ?? []).slice(skipped, skipped + SUGGESTIONS).map(({ id, name, description, type }) => ({
    id,
    name,
    ...(description === undefined ? {} : { description }),
    notable: type,
  }));
}

/** Properties or types with an ID or a name that contains what was typed; first those whose name begins so. */
export function suggestNamed<Item extends { readonly id: string; readonly name: string }>(
  items: readonly Item[],
  { prefix, skipped }: Typed,
): readonly Item[] {
  const typed = comparable(prefix);
  return items
    .filter(({ id, name }) => comparable(name).includes(typed) || comparable(id).includes(typed))
    .toSorted(
      (one, two) => Number(comparable(two.name).startsWith(typed)) - Number(comparable(one.name).startsWith(typed)),
    )
    .slice(skipped, skipped + SUGGESTIONS);
}
