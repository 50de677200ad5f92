import { keysOfText } from '../../ontology/identifiers.ts';
import { memoize } from '../../ontology/memoize.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import { beginningOf } from '../../ontology/plain-text.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import type { Graph } from '../graph/graph.ts';
import { queryFile } from '../graph/query-files.ts';
import { byText } from '../graph/walk.ts';
import { IDENTIFIER_INDEX, identifierQuery } from '../indexes/identifier-index.ts';
import { searchIndex } from '../indexes/search-index.ts';
import { searchedIn } from '../indexes/searched.ts';
import { foldText } from './folding.ts';
import { type Highlight, highlightsOf } from './highlight.ts';
import { dividedWords, looseWords } from './loose-words.ts';
import { type Attempt, attemptsFor, forgivingAttemptsFor, looseAttemptsFor, ofKinds, textsWeight } from './lucene.ts';
import { mappedInTurns } from './mapped-in-turns.ts';
import { explainMatches, type WordMatch } from './meanings/explain-matches.ts';
import { findMeanings, type QueryInterpretation } from './meanings/meanings.ts';
import {
  countRelated,
  findNearlyRelated,
  findRelated,
  namedTogether,
  type RelatedFacet,
  type RelatedMatch,
} from './meanings/related-matches.ts';
import { withSearchedRelations } from './meanings/searched-relations.ts';
import { timeProperties } from './meanings/times.ts';
import { withSearched } from './searched-text.ts';
import { type Word, withoutDots } from './words.ts';

/** Position of a match among the matches of its search. */
export interface MatchPosition {
  readonly score: number;
  readonly slug: string;
}

/** What the words of a search were read as: entities of a kind. */
export interface ReadMatches {
  readonly kind: Kind;
  /** Those that meet all of it, in the order that the words ask for, if they ask for one. */
  readonly slugs: readonly string[];
  readonly isRanked: boolean;
  /** Whether each word was understood, so that what these entities do not meet need not be looked for. */
  readonly isWhole: boolean;
  /** Whether other kinds cannot be meant, though they have the words. */
  readonly isStrict: boolean;
  /** The words that tell one entity from another. */
  readonly telling: readonly string[];
}

export interface SearchRequest {
  readonly query: string;
  /** What its words were read as; `null` where they only stand for themselves. */
  readonly read?: ReadMatches | null;
  /** Only entities of these kinds; `null` for all. */
  readonly kinds: readonly Kind[] | null;
  readonly size: number;
  readonly after: MatchPosition | null;
  /** Maximum number of matches examined. */
  readonly bound: number;
  /** Only entities that are related to all of these, by slug, or are them. */
  readonly relatedTo: readonly string[];
  readonly wants: {
    readonly highlights: boolean;
    readonly matched: boolean;
    readonly kinds: boolean;
    readonly facets: boolean;
  };
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
  /** Number of matches by entity, for each kind that the ontology declares a facet, most frequent first; empty if not selected. */
  readonly facets: readonly RelatedFacet[];
  /** Which words met what in each match of the page. @throws GraphError */
  explain(): Promise<readonly (readonly WordMatch[])[]>;
}

export const noMatches: Matches = {
  ...{ page: [], total: 0, hasPreviousPage: false, hasNextPage: false, kinds: [], facets: [] },
  explain: async () => [],
};

/** In the order in which they are returned. */
export const highlightedIn = memoize((ontology: Ontology) => {
  const { names, otherNames, texts } = searchedIn(ontology);
  return [...names, ...otherNames, ...texts, ...timeProperties(ontology)];
});

/** Characters of a folded query that are looked for: few letters become several, but one becomes up to 18 (ﷺ). */
const LONGEST = 600;

/** The form of a query that is compared with names: two queries with the same form are one search. */
export const normalQuery = (query: string): string => beginningOf(foldText(query), LONGEST).replace(/\s+/g, ' ').trim();

type MatchRow = readonly [slug: string, score: number, labels: readonly string[], values: readonly unknown[]];

/** An attempt, with the index that it queries. */
type IndexedAttempt = Attempt & { readonly index: string };

interface SearchParameters {
  readonly search: {
    readonly attempts: readonly IndexedAttempt[];
    /** Tried where the attempts find nothing. */
    readonly forgiving: readonly IndexedAttempt[];
    /** What meets most of what the words mean, where these find nothing either. */
    readonly nearlyRelated: readonly RelatedMatch[];
    /** Tried if nothing meets most of it. */
    readonly loose: readonly IndexedAttempt[];
    readonly whole: string;
    /** The whole query, with the dots of its abbreviations and without. */
    readonly spellings: readonly string[];
    readonly evidence: Kind | null;
    readonly bound: number;
    /** What meets all that the words were read as. */
    readonly meant: readonly RelatedMatch[];
    /** How much the words that such an entity has itself add to its score. */
    readonly meantWords: number;
    /** The kind that the words name: others come after it, or not at all. */
    readonly kind: Kind | null;
    readonly isStrict: boolean;
    readonly related: readonly RelatedMatch[];
    readonly named: readonly RelatedMatch[];
    readonly relatedTo: readonly string[];
    readonly afterScore: number | null;
    readonly afterSlug: string | null;
    readonly rows: number;
    readonly properties: readonly string[];
    readonly count: boolean;
    readonly facets: boolean;
  };
}

const searchFile = queryFile<
  SearchParameters,
  readonly [
    page: readonly MatchRow[],
    total: number,
    hasPrevious: boolean,
    kinds: readonly (readonly [labels: readonly string[], count: number])[],
    all: readonly string[],
  ]
>('search');

const search = memoize((ontology: Ontology) => ({
  ...searchFile,
  text: withSearchedRelations(ontology, withSearched(ontology, searchFile.text)),
}));

/** The keys of what may be an identifier, or its address: who has it is what is looked for. */
export function identifierKeysIn({ identification, enumeration }: Ontology, text: string): readonly string[] {
  if (!identification) return [];
  return keysOfText(identification, Object.keys(enumeration(identification.scheme).values), text);
}

function identifierAttempts(ontology: Ontology, text: string): readonly Attempt[] {
  const keys = identifierKeysIn(ontology, text);
  return keys.length === 0 ? [] : [{ weight: 1, query: identifierQuery(keys) }];
}

/** The properties of a match that words are marked in, with their values, which are in the order of `highlightedIn`. */
export function highlightedValues(
  ontology: Ontology,
  kind: Kind | undefined,
  values: readonly unknown[],
): readonly (readonly [name: string, value: unknown])[] {
  const properties = ontology.propertiesOf(kind ?? 'Entity');
  return values
    .map(
      (value, index) =>
        [highlightedIn(ontology)[index] ?? '', typeof value === 'number' ? String(value) : value] as const,
    )
    .filter(([name]) => Object.hasOwn(properties, name));
}

/** Numbers of matches by kind, most frequent first. */
export const mostFrequentFirst = (counts: Matches['kinds']): Matches['kinds'] =>
  counts.toSorted((left, right) => right.count - left.count || byText(left.kind, right.kind));

/** What meets all that words were read as comes after what has them as its name, and before what has them in its names. */
const MEANT = 0.81;

const scoredInOrder = ({ slugs, isRanked }: ReadMatches): readonly RelatedMatch[] =>
  slugs.map((slug, index) => [slug, isRanked ? MEANT + 0.09 / (1 + index) : MEANT] as const);

/** The words of a query, any of which is looked for: those of a kind or a class alone find nothing. */
function anyOf(query: string, meanings: QueryInterpretation | null, read: ReadMatches | null): readonly Word[] {
  const words = looseWords(query, meanings);
  if (!read) return words;
  const telling = normalQuery(read.telling.join(' '));
  return words.filter(({ text }) => telling.includes(text));
}

/** The whole of a query in the forms that are compared with names: with the dots of its abbreviations and without. */
export const spellingsOf = (query: string): readonly string[] => [...new Set([query, withoutDots(query)])];

/**
 * Searches identifiers, names, other names and texts of all kinds, and where words name other entities, whatever is related
 * to these. Any text is safe to pass.
 * @throws GraphError
 */
export async function findMatches(graph: Graph, request: SearchRequest): Promise<Matches> {
  const { kinds, size, after, bound, wants } = request;
  const query = normalQuery(request.query);
  const { ontology } = graph;
  const inNames = attemptsFor(ontology, query);
  const byIdentifier = identifierAttempts(ontology, request.query);
  if (inNames.length + byIdentifier.length === 0 || kinds?.length === 0) return noMatches;
  const { read: asked } = request;
  const read = asked && (kinds === null || kinds.includes(asked.kind)) ? asked : null;
  const isWhole = read?.isWhole === true && read.slugs.length > 0;
  const meanings = await findMeanings(graph, query);
  const narrowed = (attempt: Attempt, index: string = searchIndex(ontology).name): IndexedAttempt => ({
    ...attempt,
    index,
    query: ofKinds(ontology, attempt.query, kinds),
  });
  const meant = new Set(isWhole ? read.slugs : []);
  const allRelated = meanings ? await findRelated(graph, meanings, kinds, bound) : [];
  const related = isWhole ? allRelated.filter(([slug]) => meant.has(slug)) : allRelated;
  const looked = isWhole ? null : meanings;
  // One map, since Neo4j plans a statement anew for each size that a parameter has.
  const [answer] = await graph.read(search(ontology), {
    search: {
      attempts: [
        ...inNames.filter(({ weight }) => !isWhole || weight > textsWeight).map((attempt) => narrowed(attempt)),
        ...byIdentifier.map((attempt) => narrowed(attempt, IDENTIFIER_INDEX)),
      ],
      forgiving: isWhole ? [] : forgivingAttemptsFor(ontology, query).map((attempt) => narrowed(attempt)),
      loose: isWhole
        ? []
        : looseAttemptsFor(ontology, anyOf(query, meanings, read)).map((attempt) => narrowed(attempt)),
      whole: query,
      spellings: spellingsOf(query),
      evidence: ontology.provenance?.kind ?? null,
      bound,
      meant: read ? scoredInOrder(read) : [],
      meantWords: read?.isRanked ? 0 : 0.1,
      kind: read?.kind ?? null,
      isStrict: isWhole && (read?.isStrict ?? false),
      related,
      named: looked && kinds === null && read === null ? namedTogether(looked) : [],
      nearlyRelated: looked && related.length === 0 ? await findNearlyRelated(graph, looked, kinds, bound) : [],
      relatedTo: request.relatedTo,
      afterScore: after?.score ?? null,
      afterSlug: after?.slug ?? null,
      rows: size + 1,
      properties: wants.highlights || wants.matched ? highlightedIn(ontology) : [],
      count: wants.kinds,
      facets: wants.facets,
    },
  });
  const [rows, total, hasPreviousPage, counts, all] = answer ?? [[], 0, false, [], []];
  const words = dividedWords(query, meanings);
  const page = rows.slice(0, size).map(([slug, score, labels, values]) => {
    const kind = ontology.kindOf(labels);
    return { slug, score, kind, values: highlightedValues(ontology, kind, values) };
  });
  return {
    page: await mappedInTurns(page, ({ slug, score, values }) => ({
      slug,
      score,
      highlights: wants.highlights ? highlightsOf(values, slug, words) : [],
    })),
    total,
    hasPreviousPage,
    hasNextPage: rows.length > size,
    kinds: mostFrequentFirst(
      counts.flatMap(([labels, count]) => labels.filter(ontology.isKind).map((kind) => ({ kind, count }))),
    ),
    facets: wants.facets ? await countRelated(graph, all) : [],
    explain: () => explainMatches(graph, page, query, meanings),
  };
}
