import type { Ontology } from '../../ontology/ontology.ts';
import type { RelationType } from '../../ontology/vocabulary.ts';
import type { Graph } from '../graph/graph.ts';
import type { Statement } from '../graph/statement.ts';
import { type StoredRelation, walkFile, withProvenance } from '../graph/walk.ts';

/** A relation with its properties and sources. */
export interface StatedRelation extends StoredRelation {
  /** Only those that it has a value of. */
  readonly properties: readonly { readonly name: string; readonly value: unknown }[];
  readonly ownSources: boolean;
  /** Slugs, in the order of the sources' names; empty if not selected. */
  readonly sources: readonly string[];
}

type StatedRow = readonly [
  place: number,
  properties: Readonly<Record<string, unknown>>,
  ownSources: boolean,
  sources: readonly string[],
];

interface HopsParameters {
  readonly relations: readonly (readonly [type: RelationType, from: string, to: string])[];
  readonly sources: boolean;
}

type HopsColumns = readonly [hops: readonly StatedRow[]];

const hopsFile = walkFile<HopsParameters, HopsColumns>('hops');

const hops = (ontology: Ontology, relations: readonly StoredRelation[]): Statement<HopsParameters, HopsColumns> => {
  const types = [...new Set(relations.map(({ relation }) => relation))].sort();
  const { name, text } = hopsFile({ ontology, relations: types, kinds: null });
  return { name, text: withProvenance(ontology, text) };
};

/** Properties and sources of relations, in one statement; relations deleted since are left out. @throws GraphError */
export async function readStatedRelations(
  graph: Graph,
  relations: readonly StoredRelation[],
  wants: { readonly sources: boolean },
): Promise<readonly StatedRelation[]> {
  if (relations.length === 0) return [];
  const [[found] = [[]]] = await graph.read(hops(graph.ontology, relations), {
    relations: relations.map(({ relation, from, to }) => [relation, from, to] as const),
    sources: wants.sources && graph.ontology.provenance !== null,
  });
  return found.flatMap(([place, properties, ownSources, sources]) => {
    const stored = relations[place];
    if (!stored) return [];
    const known = Object.keys(graph.ontology.edgePropertiesOf(stored.relation)).filter(
      (name) => (properties[name] ?? null) !== null,
    );
    return [
      {
        ...stored,
        properties: known.map((name) => ({ name, value: properties[name] })),
        ownSources,
        sources,
      },
    ];
  });
}
