import { type RelationType, relationTypes } from '../../ontology/relations.ts';
import type { Graph } from '../graph.ts';
import { relationKey, type StoredRelation, walkFile } from '../walk.ts';

/** The fields of a source that a citation needs. */
export interface CitedSource {
  readonly slug: string;
  readonly name: string;
  readonly publisher: string | null;
  readonly date: string | null;
  /** `null` if none is known, or if the source is a repost that must not be linked. */
  readonly url: string | null;
  readonly language: string | null;
  readonly type: string;
  readonly reliability: string;
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

type SourceRow = Omit<CitedSource, 'slug' | 'supports'> & { readonly id: string; readonly mirror: boolean | null };

interface CitationsParameters {
  readonly slugs: readonly string[];
  readonly relations: readonly (readonly [key: string, type: RelationType, from: string, to: string])[];
  readonly limit: number;
}

const citations = walkFile<
  CitationsParameters,
  readonly [
    sources: readonly (readonly [source: SourceRow, supports: readonly string[]])[],
    total: number,
    uncited: readonly string[],
  ]
>('citations')({ relations: relationTypes, kinds: null });

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
  const asked = relations.map((stored) => [relationKey(stored), stored.relation, stored.from, stored.to] as const);
  const [[sources, total, uncited] = [[], 0, []]] = await graph.read(citations, {
    slugs,
    relations: asked,
    limit: bound,
  });
  return {
    sources: sources.map(([{ id, mirror, url, ...source }, supports]) => ({
      ...source,
      slug: id,
      url: mirror ? null : url,
      supports,
    })),
    total,
    uncited,
  };
}
