import type { Kind } from '../../ontology/vocabulary.ts';
import { possibleIds } from '../identifiers.ts';
import { type Ask, dataOf, QuestionFailed } from './ask.ts';
import type { Asked } from './root-question.ts';

/** Maximum number of IDs in one `nodes`. */
const PAGE = 100;

/** The kind of the entity of each slug. @throws QuestionFailed if there is no such entity */
export async function kindsOfEntities(
  wanted: readonly string[],
  { ontology, ask }: Pick<Asked, 'ontology'> & { readonly ask: Ask },
): Promise<ReadonlyMap<string, Kind>> {
  const query = 'query EntityKinds($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on Entity { slug } } }';
  const found = new Map<string, Kind>();
  const ids = possibleIds(ontology, wanted);
  for (let from = 0; from < ids.length; from += PAGE) {
    const data = dataOf(
      await ask({ query, variables: { ids: ids.slice(from, from + PAGE) } }, { isOwnDocument: true }),
    );
    for (const node of data.nodes as ({ __typename: Kind; slug: string } | null)[]) {
      if (node) found.set(node.slug, node.__typename);
    }
  }
  const missing = wanted.filter((slug) => !found.has(slug));
  if (missing.length === 0) return found;
  throw new QuestionFailed(
    'BAD_USER_INPUT',
    `There is no entity ${missing.join(', ')}. Use \`search\` to find the slug of a name.`,
  );
}
