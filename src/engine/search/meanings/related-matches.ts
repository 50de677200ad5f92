import neo4j, { type Integer } from 'neo4j-driver';
import { memoize } from '../../../ontology/memoize.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { Kind } from '../../../ontology/vocabulary.ts';
import type { Graph, ReadOptions } from '../../graph/graph.ts';
import { queryFile } from '../../graph/query-files.ts';
import { byText } from '../../graph/walk.ts';
import { searchIndex } from '../../indexes/search-index.ts';
import { isMeant, type QueryInterpretation, WHOLE } from './meanings.ts';
import { searchedRelations, withSearchedRelations } from './searched-relations.ts';
import { type UnitQueries, unitQueries } from './unit-queries.ts';

/** An entity that meets all of a query, mostly by what it is related to, and its score. */
export type RelatedMatch = readonly [slug: string, score: number];

/** Number of matches that are related to one entity, or are it. */
export interface RelatedCount {
  readonly slug: string;
  readonly name: string;
  readonly count: number;
}

/** Matches counted by the entities of one kind, most frequent first. */
export interface RelatedFacet {
  readonly kind: Kind;
  readonly counts: readonly RelatedCount[];
}

interface RelatedParameters {
  readonly related: {
    readonly units: readonly (UnitQueries & {
      readonly index: string;
      readonly entities: readonly (readonly [slug: string, weight: number])[];
      readonly dated: readonly string[];
    })[];
    /** Number of units that an entity has to meet. */
    readonly least: Integer;
    readonly kinds: readonly Kind[] | null;
    readonly evidence: Kind | null;
    readonly bound: number;
    readonly unitBound: number;
  };
}

interface FacetedParameters {
  readonly faceted: { readonly slugs: readonly string[] };
}

const relatedFile = queryFile<RelatedParameters, readonly [slug: string, score: number]>('search-related');
const facetsFile = queryFile<
  FacetedParameters,
  readonly [labels: readonly string[], counted: string, name: string, matches: number]
>('search-facets');

const related = memoize((ontology: Ontology) => {
  return { ...relatedFile, text: withSearchedRelations(ontology, relatedFile.text) };
});
const faceted = memoize((ontology: Ontology) => {
  return { ...facetsFile, text: withSearchedRelations(ontology, facetsFile.text) };
});

/** Brings scores below those of entities that have all words of a query, misspelt ones too. */
const SOME_WORDS = 0.4;

/** Entities looked at for each unit of a query. */
const MOST_PER_UNIT = 10_000;

async function findMeeting(
  graph: Graph,
  { units, kinds: named }: QueryInterpretation,
  least: number,
  kinds: readonly Kind[] | null,
  bound: number,
): Promise<readonly RelatedMatch[]> {
  const { ontology } = graph;
  const wanted = named && kinds ? named.filter((kind) => kinds.includes(kind)) : (named ?? kinds);
  if (wanted?.length === 0) return [];
  const index = searchIndex(ontology).name;
  return graph.read(related(ontology), {
    related: {
      units: units.map((unit) => ({
        ...unitQueries(ontology, unit, wanted),
        index,
        entities: unit.entities.map(({ slug, weight }) => [slug, weight] as const),
        dated: unit.time?.dated ?? [],
      })),
      least: neo4j.int(least),
      kinds: wanted,
      evidence: ontology.provenance?.kind ?? null,
      bound,
      unitBound: MOST_PER_UNIT,
    },
  });
}

/**
 * Entities that meet all units of a query, best first: each by what it is related to, by its names, or by other texts.
 *
 * @param kinds of which they must be, beside those that the query names; `null` for any
 * @throws GraphError
 */
export const findRelated = (
  graph: Graph,
  meanings: QueryInterpretation,
  kinds: readonly Kind[] | null,
  bound: number,
) => findMeeting(graph, meanings, meanings.units.length, kinds, bound);

/**
 * Entities that meet most of a query, if none meets all of it: each unit that names another entity or a time or, if all units do, all of
 * them but one. Empty if that leaves only one thing to look for.
 * @throws GraphError
 */
export async function findNearlyRelated(
  graph: Graph,
  meanings: QueryInterpretation,
  kinds: readonly Kind[] | null,
  bound: number,
): Promise<readonly RelatedMatch[]> {
  const units = meanings.units.filter(isMeant);
  const least = units.length < meanings.units.length ? units.length : units.length - 1;
  if (least === 0 || least + meanings.kindWords.length < 2) return [];
  const matches = await findMeeting(graph, { ...meanings, units }, least, kinds, bound);
  return matches.map(([slug, score]) => [slug, score * SOME_WORDS] as const);
}

/** The entities that a query names, if it names several and no kind: what it is about, though each meets a part of it alone. */
export function namedTogether({ units, kinds }: QueryInterpretation): readonly RelatedMatch[] {
  const named = units.flatMap(({ entities }) => {
    const whole = entities.filter(({ weight }) => weight === WHOLE);
    return whole.length > 0 ? [whole.map(({ slug }) => slug)] : [];
  });
  if (kinds !== null || named.length < 2) return [];
  return [...new Set(named.flat())].map((slug) => [slug, 0.5 * SOME_WORDS] as const);
}

/** Runs the statements of this file on nothing, so that Neo4j has planned them. @throws GraphError */
export async function planRelated(graph: Graph, options: ReadOptions): Promise<void> {
  const nothing = { units: [], least: neo4j.int(0), kinds: null, evidence: null, bound: 1, unitBound: 1 };
  await graph.read(related(graph.ontology), { related: nothing }, options);
  await graph.read(faceted(graph.ontology), { faceted: { slugs: [] } }, options);
}

/** Counts matches by the entities that they are related to, for each kind that the ontology declares a facet. @throws GraphError */
export async function countRelated(graph: Graph, slugs: readonly string[]): Promise<readonly RelatedFacet[]> {
  const { facets } = searchedRelations(graph.ontology);
  if (facets.length === 0) return [];
  const rows = slugs.length === 0 ? [] : await graph.read(faceted(graph.ontology), { faceted: { slugs } });
  return facets.map((kind) => ({
    kind,
    counts: rows
      .flatMap(([labels, slug, name, count]) => (labels.includes(kind) ? [{ slug, name, count }] : []))
      .toSorted((left, right) => right.count - left.count || byText(left.slug, right.slug)),
  }));
}
