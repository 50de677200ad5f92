import { memoize } from '../../ontology/memoize.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { RelationType } from '../../ontology/vocabulary.ts';
import type { Graph } from '../graph/graph.ts';
import { relationKey, type StoredRelation, walkFile, withProvenance } from '../graph/walk.ts';

/** The fields of a source that a citation needs. */
export interface CitedSource {
  readonly slug: string;
  readonly name: string;
  readonly publisher: string | null;
  readonly date: string | null;
  /** `null` if none is known, or if the source is a repost that must not be linked. */
  readonly url: string | null;
  readonly language: string | null;
  readonly type: string | null;
  readonly reliability: string | null;
  /** Slugs of the entities that it supports, and keys of the relations. */
  readonly supports: readonly string[];
}

/** The sources of entities and relations. */
export interface Citations {
  /** Sources that support most come first. */
  readonly sources: readonly CitedSource[];
  /** Total number of sources, including those beyond the bound. */
  readonly total: number;
  /** Slugs of the entities that cite no source. */
  readonly uncited: readonly string[];
}

type SourceRow = Omit<CitedSource, 'slug' | 'supports'> & {
  readonly id: string;
  readonly unlinked: boolean | null;
};

interface CitationsParameters {
  readonly slugs: readonly string[];
  readonly relations: readonly (readonly [key: string, type: RelationType, from: string, to: string])[];
  readonly limit: number;
}

const citationsFile = walkFile<
  CitationsParameters,
  readonly [
    sources: readonly (readonly [source: SourceRow, supports: readonly string[]])[],
    total: number,
    uncited: readonly string[],
  ]
>('citations');

const citations = memoize((ontology: Ontology) => {
  const statement = citationsFile({ ontology, relations: ontology.relationTypes, kinds: null });
  const { provenance } = ontology;
  const { citation = {}, reliability } = provenance ?? {};
  const { cslTypes: _, ...properties } = { ...citation, reliability: reliability?.property };
  const cited = ['publisher', 'date', 'url', 'unlinked', 'language', 'type', 'reliability'].map((what) => {
    const property = properties[what as keyof typeof properties];
    return `${what}: ${property === undefined ? 'null' : `source.${property}`}`;
  });
  const text = withProvenance(ontology, statement.text).replace('__CITED__', cited.join(', '));
  return { ...statement, text };
});

/**
 * Finds the sources that entities cite, and those that relations have of their own, at most `bound` of them. Without its
 * own, a relation rests on those that its start cites.
 * @throws GraphError
 */
export async function readCitations(
  graph: Graph,
  slugs: readonly string[],
  relations: readonly StoredRelation[],
  bound: number,
): Promise<Citations> {
  if (!graph.ontology.provenance) return { sources: [], total: 0, uncited: slugs };
  const asked = relations.map((stored) => [relationKey(stored), stored.relation, stored.from, stored.to] as const);
  const [[sources, total, uncited] = [[], 0, []]] = await graph.read(citations(graph.ontology), {
    slugs,
    relations: asked,
    limit: bound,
  });
  return {
    sources: sources.map(([{ id, unlinked, url, ...source }, supports]) => ({
      ...source,
      slug: id,
      url: unlinked ? null : url,
      supports,
    })),
    total,
    uncited,
  };
}
