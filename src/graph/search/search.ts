import { keysOfText } from '../../ontology/identifiers.ts';
import { oncePer } from '../../ontology/once-per.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import type { Graph } from '../graph.ts';
import { IDENTIFIER_INDEX, identifierQuery } from '../indexes/identifier-index.ts';
import { searchIndex } from '../indexes/search-index.ts';
import { searchedIn } from '../indexes/searched.ts';
import { queryFile } from '../query-files.ts';
import { foldText } from './folding.ts';
import { type Highlight, highlightsOf } from './highlight.ts';
import { type Attempt, attemptsFor, looseAttemptsFor, ofKinds } from './lucene.ts';
import { withSearched } from './searched-text.ts';
import { wordsLookedFor } from './words.ts';

/** Position of a match among the matches of its search. */
export interface MatchPosition {
  readonly score: number;
  readonly slug: string;
}

export interface SearchRequest {
  readonly query: string;
  /** Only entities of these kinds; `null` for all. */
  readonly kinds: readonly Kind[] | null;
  readonly size: number;
  readonly after: MatchPosition | null;
  /** Maximum number of matches examined. */
  readonly bound: number;
  readonly wants: { readonly highlights: boolean; readonly kinds: boolean };
}

/** An entity that a search found. */
export interface Match extends MatchPosition {
  /** Empty if not selected. */
  readonly highlights: readonly Highlight[];
}

/** A page of the matches of a search, best first. */
export interface Matches {
  readonly page: readonly Match[];
  readonly total: number;
  readonly hasPreviousPage: boolean;
  readonly hasNextPage: boolean;
  /** Number of matches by kind, most frequent first; empty if not selected. */
  readonly kinds: readonly { readonly kind: Kind; readonly count: number }[];
}

const nothing: Matches = { page: [], total: 0, hasPreviousPage: false, hasNextPage: false, kinds: [] };

/** In the order in which they are returned. */
const highlightedIn = oncePer((ontology: Ontology) => {
  const { names, otherNames, texts } = searchedIn(ontology);
  return [...names, ...otherNames, ...texts];
});

/** The form of a query that is compared with names: two queries with the same form are one search. */
export const normalQuery = (query: string): string => foldText(query).replace(/\s+/g, ' ').trim();

type MatchRow = readonly [slug: string, score: number, values: readonly unknown[]];

/** An attempt, with the index that it queries. */
type IndexedAttempt = Attempt & { readonly index: string };

interface SearchParameters {
  readonly search: {
    readonly attempts: readonly IndexedAttempt[];
    /** Tried where the attempts find nothing. */
    readonly loose: readonly IndexedAttempt[];
    readonly whole: string;
    readonly evidence: Kind | null;
    readonly bound: number;
    readonly afterScore: number | null;
    readonly afterSlug: string | null;
    readonly rows: number;
    readonly properties: readonly string[];
    readonly count: boolean;
  };
}

const searchFile = queryFile<
  SearchParameters,
  readonly [
    page: readonly MatchRow[],
    total: number,
    hasPrevious: boolean,
    kinds: readonly (readonly [labels: readonly string[], count: number])[],
  ]
>('search');

const search = oncePer((ontology: Ontology) => ({
  ...searchFile,
  text: withSearched(ontology, searchFile.text),
}));

/** A search for what may be an identifier, or its address: who has it is what is looked for. */
function identifierAttempts(ontology: Ontology, text: string): readonly Attempt[] {
  const { identification } = ontology;
  if (!identification) return [];
  const keys = keysOfText(identification, Object.keys(ontology.enumeration(identification.scheme).values), text);
  return keys.length === 0 ? [] : [{ weight: 1, query: identifierQuery(keys) }];
}

/** Searches identifiers, names, other names and texts of all kinds. Any text is safe to pass. @throws GraphError */
export async function findMatches(graph: Graph, request: SearchRequest): Promise<Matches> {
  const { kinds, size, after, bound, wants } = request;
  const query = normalQuery(request.query);
  const { ontology } = graph;
  const highlighted = highlightedIn(ontology);
  const inNames = attemptsFor(ontology, query);
  const byIdentifier = identifierAttempts(ontology, request.query);
  if (inNames.length + byIdentifier.length === 0 || kinds?.length === 0) return nothing;
  const narrowed = (attempt: Attempt, index: string = searchIndex(ontology).name): IndexedAttempt => ({
    ...attempt,
    index,
    query: ofKinds(attempt.query, kinds),
  });
  // One map, since Neo4j plans a statement anew for each size that a parameter has.
  const [answer] = await graph.read(search(ontology), {
    search: {
      attempts: [
        ...inNames.map((attempt) => narrowed(attempt)),
        ...byIdentifier.map((attempt) => narrowed(attempt, IDENTIFIER_INDEX)),
      ],
      loose: looseAttemptsFor(ontology, query).map((attempt) => narrowed(attempt)),
      whole: query,
      evidence: ontology.provenance?.kind ?? null,
      bound,
      afterScore: after?.score ?? null,
      afterSlug: after?.slug ?? null,
      rows: size + 1,
      properties: wants.highlights ? highlighted : [],
      count: wants.kinds,
    },
  });
  const [rows, total, hasPreviousPage, counts] = answer ?? [[], 0, false, []];
  const words = wordsLookedFor(query);

  const highlightsIn = ([slug, , values]: MatchRow) =>
    highlightsOf(
      values.map((value, index) => [highlighted[index] ?? '', value]),
      slug,
      words,
    );
  return {
    page: rows.slice(0, size).map((row) => ({
      slug: row[0],
      score: row[1],
      highlights: wants.highlights ? highlightsIn(row) : [],
    })),
    total,
    hasPreviousPage,
    hasNextPage: rows.length > size,
    kinds: counts
      .flatMap(([labels, count]) => labels.filter(ontology.isKind).map((kind) => ({ kind, count })))
      .toSorted((left, right) => right.count - left.count || (left.kind < right.kind ? -1 : 1)),
  };
}
