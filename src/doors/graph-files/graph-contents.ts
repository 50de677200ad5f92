import { entityState, relationState, type StoredForm } from '../../engine/changes/apply/stored-form.ts';
import type { Graph } from '../../engine/graph/graph.ts';
import { walkFile } from '../../engine/graph/walk.ts';
import type { RelationRecord } from '../../ontology/records.ts';
import type { Kind, RelationType } from '../../ontology/vocabulary.ts';
import { readEntities, readRelations } from '../data/export/read-graph.ts';
import { refusePending } from '../data/import-marker.ts';

/** An entity of a graph file. */
export interface FileEntity {
  readonly kind: Kind;
  readonly record: Readonly<Record<string, unknown>> & { readonly id: string };
}

/** What a graph file contains: entities, then the relations between them. */
export interface GraphContents {
  readonly entities: AsyncIterable<FileEntity> | Iterable<FileEntity>;
  readonly relations: AsyncIterable<RelationRecord> | Iterable<RelationRecord>;
}

/** The whole graph, page by page. @throws ImportPending, GraphError */
export const wholeContents = (graph: Graph): GraphContents => ({
  entities: allEntities(graph),
  relations: allRelations(graph),
});

async function* allEntities(graph: Graph): AsyncGenerator<FileEntity> {
  await refusePending(graph);
  for (const kind of graph.ontology.kindNames) {
    for await (const records of readEntities(graph, kind)) {
      for (const record of records) yield { kind, record: record as FileEntity['record'] };
    }
  }
}

async function* allRelations(graph: Graph): AsyncGenerator<RelationRecord> {
  for (const type of graph.ontology.relationTypes) {
    for await (const records of readRelations(graph, type)) yield* records as unknown as readonly RelationRecord[];
  }
  await refusePending(graph);
}

/** Maximum number of entities of a part of the graph. */
export const MOST_ENTITIES = 2_000;

/** Maximum number of relations between them. */
const MOST_RELATIONS = 50_000;

const subgraphFile = walkFile<
  { readonly slugs: readonly string[]; readonly skipped: readonly RelationType[]; readonly limit: number },
  readonly [
    entities: readonly (readonly [slug: string, labels: readonly string[], form: StoredForm])[],
    relations: readonly (readonly [type: RelationType, from: string, to: string, form: StoredForm])[],
  ]
>('subgraph');

/** Some entities and the relations between them, but for those of some types. @throws GraphError */
export async function partContents(
  graph: Graph,
  slugs: readonly string[],
  skipped: readonly RelationType[] = [],
): Promise<GraphContents> {
  const { ontology } = graph;
  const [[entities, relations] = [[], []]] = await graph.read(
    subgraphFile({ ontology, relations: ontology.relationTypes, kinds: null }),
    {
      slugs: slugs.slice(0, MOST_ENTITIES),
      skipped,
      limit: MOST_RELATIONS,
    },
  );
  return {
    entities: entities.flatMap(([id, labels, form]) => {
      const kind = ontology.kindOf(labels);
      return kind === undefined ? [] : [{ kind, record: { id, ...entityState(ontology, kind, form) } }];
    }),
    relations: relations.flatMap(([type, from, to, form]) =>
      ontology.isRelationType(type) ? [{ type, from, to, ...relationState(ontology, type, form) }] : [],
    ),
  };
}
