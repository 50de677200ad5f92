import type { StoredForm } from '../../engine/changes/apply/stored-form.ts';
import type { Graph } from '../../engine/graph/graph.ts';
import { queryFile } from '../../engine/graph/query-files.ts';
import { type StoredRelation, walkFile } from '../../engine/graph/walk.ts';
import { readStatedRelations, type StatedRelation } from '../../engine/reads/stated-relations.ts';
import { byCodePoints } from '../../history/memory/code-points.ts';
import { plainForm } from '../../history/memory/columnar/columns.ts';
import { valueIn } from '../../history/memory/followed.ts';
import type { End, GraphSnapshot, SnapshotEntity } from '../../history/memory/graph-snapshot.ts';
import { statedRelations } from '../../history/memory/memory-reads.ts';
import { byNameAndSlug } from '../../history/memory/snapshot-sources.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { RelationType } from '../../ontology/vocabulary.ts';

/** Which of its relations a document of an entity has: those of one page in each direction. */
export interface RelationPage {
  /** From 1. */
  readonly number: number;
  /** Number of relations in each direction. */
  readonly size: number;
}

export type RelationRow = readonly [
  type: RelationType,
  slug: string,
  labels: readonly string[],
  name: string,
  reliability: string | null,
  chinese: string | null,
  form: StoredForm,
];

/** Properties of the far ends that are read, where the graph has them. */
interface FarProperties {
  readonly reliability: string | null;
  readonly chinese: string | null;
}

const CHINESE = 'nameZh';

const farProperties = ({ provenance, sharedProperties }: Ontology): FarProperties => ({
  reliability: provenance?.reliability?.property ?? null,
  chinese: Object.hasOwn(sharedProperties, CHINESE) ? CHINESE : null,
});

/** An entity with one relation more than its page has, in each direction. */
type DescribedRow = readonly [
  labels: readonly string[],
  form: StoredForm,
  outgoing: readonly RelationRow[],
  incoming: readonly RelationRow[],
];

type NamedRow = readonly [
  slug: string,
  labels: readonly string[],
  name: string,
  reliability: string | null,
  chinese: string | null,
  publisher: string | null,
  date: string | null,
];

const describedFile = walkFile<
  { readonly slug: string; readonly skip: number; readonly limit: number } & FarProperties,
  DescribedRow
>('described');

const namedFile = queryFile<
  {
    readonly slugs: readonly string[];
    readonly publisher: string | null;
    readonly date: string | null;
  } & FarProperties,
  NamedRow
>('named');

/** Where the description of an entity comes from: the database, or an earlier state in memory. */
export interface EntityReads {
  readonly ontology: Ontology;
  /** `undefined` if there is none. @throws GraphError */
  entity(slug: string, page: RelationPage): Promise<DescribedRow | undefined>;
  /** @throws GraphError */
  named(slugs: readonly string[]): Promise<readonly NamedRow[]>;
  /** @throws GraphError */
  sourcesOf(relations: readonly StoredRelation[]): Promise<readonly StatedRelation[]>;
}

/** Reads the graph of today. */
export const readsOfToday = (graph: Graph): EntityReads => ({
  ontology: graph.ontology,
  async entity(slug, page) {
    const { ontology } = graph;
    const [row] = await graph.read(describedFile({ ontology, relations: ontology.relationTypes, kinds: null }), {
      slug,
      skip: (page.number - 1) * page.size,
      limit: page.size + 1,
      ...farProperties(ontology),
    });
    return row;
  },
  async named(slugs) {
    const { publisher = null, date = null } = graph.ontology.provenance?.citation ?? {};
    return graph.read(namedFile, { slugs, publisher, date, ...farProperties(graph.ontology) });
  },
  sourcesOf: (relations) => readStatedRelations(graph, relations, { sources: true }),
});

/** Reads an earlier state, as the statements read the graph of today. */
export function readsOfEarlier(graph: GraphSnapshot): EntityReads {
  const { ontology } = graph;
  const { reliability, chinese } = farProperties(ontology);
  const { publisher = null, date = null } = ontology.provenance?.citation ?? {};
  const textOf = (entity: SnapshotEntity, property: string | null) =>
    property === null ? null : (valueIn(entity, property) as string | null);
  const namesOf = (entity: SnapshotEntity) =>
    [String(valueIn(entity, 'name')), textOf(entity, reliability), textOf(entity, chinese)] as const;
  const types = [...ontology.relationTypes].sort(byCodePoints);
  function relationsAt(slug: string, end: End, { number, size }: RelationPage): readonly RelationRow[] {
    const rows = types.flatMap((type) =>
      graph
        .relationsAt(slug, type, end)
        .flatMap(({ from, to, form }) => {
          const far = graph.entity(end === 'from' ? to : from);
          return far ? [{ far, form }] : [];
        })
        .sort((left, right) => byNameAndSlug(left.far, right.far))
        .map(({ far, form }): RelationRow => [type, far.slug, [far.kind], ...namesOf(far), plainForm(form)]),
    );
    return rows.slice((number - 1) * size, number * size + 1);
  }
  return {
    ontology,
    async entity(slug, page) {
      const entity = graph.entity(slug);
      return (
        entity && [
          [entity.kind],
          plainForm(entity.form),
          relationsAt(slug, 'from', page),
          relationsAt(slug, 'to', page),
        ]
      );
    },
    named: async (slugs) =>
      slugs.flatMap((slug): readonly NamedRow[] => {
        const entity = graph.entity(slug);
        return entity
          ? [[slug, [entity.kind], ...namesOf(entity), textOf(entity, publisher), textOf(entity, date)]]
          : [];
      }),
    sourcesOf: async (relations) => statedRelations(graph, relations, { sources: true }),
  };
}
