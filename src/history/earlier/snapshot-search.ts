import { identifierKeys } from '../../engine/indexes/items.ts';
import { foldedForm, searchedIn } from '../../engine/indexes/searched.ts';
import { highlightsOf } from '../../engine/search/highlight.ts';
import { type FoldedNames, nameScore } from '../../engine/search/name-score.ts';
import {
  highlightedIn,
  highlightedValues,
  identifierKeysIn,
  type Matches,
  type MatchPosition,
  mostFrequentFirst,
  noMatches,
  normalQuery,
  type SearchRequest,
  spellingsOf,
} from '../../engine/search/search.ts';
import { isList } from '../../engine/search/searched-text.ts';
import { wordsLookedFor } from '../../engine/search/words.ts';
import { memoize } from '../../ontology/memoize.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import type { Pace } from '../memory/answer-plan.ts';
import { byCodePoints } from '../memory/code-points.ts';
import { valueIn } from '../memory/followed.ts';
import type { GraphSnapshot, SnapshotEntity } from '../memory/graph-snapshot.ts';
import { FirstInOrder, stepsOf } from './in-turns.ts';

/** An entity that was found, with its score. */
interface SnapshotMatch extends MatchPosition {
  readonly entity: SnapshotEntity;
}

const byScore = (left: MatchPosition, right: MatchPosition) =>
  right.score - left.score || byCodePoints(left.slug, right.slug);

/** The properties with the folded names, in the form that the database has. */
const foldedIn = memoize((ontology: Ontology) => {
  const { names, otherNames } = searchedIn(ontology);
  const further = names.filter((name) => name !== 'name' && !isList(ontology, name));
  return {
    compared: ['name', ...further].map(foldedForm),
    names: names.map(foldedForm),
    otherNames: otherNames.map(foldedForm),
  };
});

function textsOf(entity: SnapshotEntity, properties: readonly string[]): readonly string[] {
  // A loop, as this is done for every entity of a state.
  const texts: string[] = [];
  for (const property of properties) {
    const value = valueIn(entity, property);
    if (typeof value === 'string') texts.push(value);
    else if (Array.isArray(value)) for (const text of value) texts.push(String(text));
  }
  return texts;
}

function foldedNames(ontology: Ontology, entity: SnapshotEntity): FoldedNames {
  const { compared, names, otherNames } = foldedIn(ontology);
  return {
    slug: entity.slug,
    compared: () => textsOf(entity, compared),
    names: textsOf(entity, names),
    otherNames: textsOf(entity, otherNames),
  };
}

function hasAny(entity: SnapshotEntity, keys: readonly string[]): boolean {
  const own = keys.length > 0 && valueIn(entity, identifierKeys);
  return Array.isArray(own) && own.some((key) => keys.includes(String(key)));
}

/** Numbers of matches by kind. */
function countsOf(matches: readonly SnapshotMatch[]): Matches['kinds'] {
  const counts = new Map<Kind, number>();
  for (const { entity } of matches) counts.set(entity.kind, (counts.get(entity.kind) ?? 0) + 1);
  return mostFrequentFirst([...counts].map(([kind, count]) => ({ kind, count })));
}

/**
 * Searches names, other names, slugs and identifiers in a state of the graph, and ranks what it finds as `findMatches` does
 * today. It knows no texts and nothing of what words mean, and forgives no typing errors.
 * @throws GraphError TIMEOUT, CANCELLED
 */
export async function findSnapshotMatches(
  graph: GraphSnapshot,
  { query: text, kinds, size, after, bound, wants }: SearchRequest,
  pace: Pace,
): Promise<Matches> {
  const { ontology } = graph;
  const whole = normalQuery(text);
  const words = wordsLookedFor(whole);
  const query = { words, spellings: spellingsOf(whole) };
  const keys = identifierKeysIn(ontology, text);
  if (words.length + keys.length === 0) return noMatches;
  const step = stepsOf(pace);
  const best = new FirstInOrder<SnapshotMatch>(byScore, bound);
  for (const kind of kinds ?? (['Entity'] as const)) {
    for (const entity of graph.entities(kind)) {
      await step();
      const standing = {
        isIdentified: hasAny(entity, keys),
        isEvidence: entity.kind === ontology.provenance?.kind,
      };
      const score = nameScore(query, foldedNames(ontology, entity), standing);
      if (score !== null) best.add({ slug: entity.slug, score, entity });
    }
  }
  const matches = best.items;
  const following = after === null ? matches : matches.filter((match) => byScore(match, after) > 0);
  const page = [];
  for (const { slug, score, entity } of following.slice(0, size)) {
    await pace();
    const values = () => highlightedIn(ontology).map((property) => valueIn(entity, property));
    const highlights = wants.highlights
      ? highlightsOf(highlightedValues(ontology, entity.kind, values()), slug, words)
      : [];
    page.push({ slug, score, highlights });
  }
  return {
    ...noMatches,
    page,
    total: matches.length,
    hasPreviousPage: following.length < matches.length,
    hasNextPage: following.length > size,
    kinds: wants.kinds ? countsOf(matches) : [],
  };
}
