import { memoize } from '../../ontology/memoize.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import type { Graph } from '../graph/graph.ts';
import { queryFile } from '../graph/query-files.ts';
import { searchIndex } from '../indexes/search-index.ts';
import { foldText } from './folding.ts';
import { ofKinds, typedNames } from './lucene.ts';
import { withSearched } from './searched-text.ts';

export interface SuggestionRequest {
  /** What has been typed so far. */
  readonly prefix: string;
  /** Only entities of these kinds; `null` for all. */
  readonly kinds: readonly Kind[] | null;
  readonly limit: number;
}

/** An entity that may be the one that is being typed. */
export interface Suggestion {
  readonly kind: Kind;
  readonly slug: string;
  readonly name: string;
  /** Which of its names was typed. */
  readonly text: string;
}

interface SuggestParameters {
  readonly typed: {
    readonly prefix: string;
    readonly query: string;
    readonly kinds: readonly Kind[] | null;
    readonly evidence: Kind | null;
    readonly bound: number;
    readonly limit: number;
  };
}

const suggestFile = queryFile<
  SuggestParameters,
  readonly [slug: string, labels: readonly string[], names: readonly (string | null)[]]
>('suggest');

const suggest = memoize((ontology: Ontology) => ({
  ...suggestFile,
  text: withSearched(ontology, suggestFile.text).replaceAll('__SEARCH_INDEX__', searchIndex(ontology).name),
}));

/** More candidates than this are not ranked, so that each key press costs about the same. */
const MOST_CANDIDATES = 500;

/** Entities with a name that begins with the input, then those whose names contain its words. @throws GraphError */
export async function findSuggestions(
  graph: Graph,
  { prefix, kinds, limit }: SuggestionRequest,
): Promise<readonly Suggestion[]> {
  const typed = foldText(prefix).replace(/\s+/g, ' ').trimStart();
  const query = typedNames(graph.ontology, typed);
  if (query === null || kinds?.length === 0 || limit === 0) return [];
  // As one map, since Neo4j plans a statement anew for each size that a parameter has.
  const rows = await graph.read(suggest(graph.ontology), {
    typed: {
      prefix: typed,
      query: ofKinds(graph.ontology, query, kinds),
      kinds,
      evidence: graph.ontology.provenance?.kind ?? null,
      bound: MOST_CANDIDATES,
      limit,
    },
  });
  return rows.map(([slug, labels, names]) => {
    const kind = graph.ontology.kindOf(labels);
    if (!kind) throw new Error(`The entity ${slug} has no label of the ontology: ${labels.join(', ')}.`);
    const [name = ''] = names.flatMap((text) => text ?? []);
    return { kind, slug, name, text: typedName(names, typed) ?? name };
  });
}

/** The name that begins as typed, else the first that has what was typed. */
function typedName(names: readonly (string | null)[], typed: string): string | undefined {
  const folded = names.flatMap((text) => (text === null ? [] : [{ text, form: foldText(text) }]));
  const found = folded.find(({ form }) => form.startsWith(typed)) ?? folded.find(({ form }) => form.includes(typed));
  return found?.text;
}
