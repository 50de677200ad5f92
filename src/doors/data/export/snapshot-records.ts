import { entityState, relationState } from '../../../engine/changes/apply/stored-form.ts';
import type { RecordFields } from '../../../engine/changes/record-fields.ts';
import { byCodePoints } from '../../../history/memory/code-points.ts';
import { plainForm } from '../../../history/memory/columnar/columns.ts';
import type { GraphSnapshot } from '../../../history/memory/graph-snapshot.ts';
import type { Kind, RelationType } from '../../../ontology/vocabulary.ts';

/** Number of records at once. */
const PAGE = 1_000;

function* pagesOf<Item>(items: readonly Item[], recordOf: (item: Item) => RecordFields) {
  for (let start = 0; start < items.length; start += PAGE) yield items.slice(start, start + PAGE).map(recordOf);
}

/** The entities of a kind in a state of the graph, as `readEntities` reads those of today. */
export async function* snapshotEntities(graph: GraphSnapshot, kind: Kind): AsyncGenerator<readonly RecordFields[]> {
  const entities = [...graph.entities(kind)].sort((left, right) => byCodePoints(left.slug, right.slug));
  yield* pagesOf(entities, ({ slug, form }) => ({ id: slug, ...entityState(graph.ontology, kind, plainForm(form)) }));
}

/** The relations of a type in a state of the graph, as `readRelations` reads those of today. */
export async function* snapshotRelations(
  graph: GraphSnapshot,
  type: RelationType,
): AsyncGenerator<readonly RecordFields[]> {
  const relations = [...graph.relations(type)].sort(
    (left, right) => byCodePoints(left.from, right.from) || byCodePoints(left.to, right.to),
  );
  yield* pagesOf(relations, ({ from, to, form }) => ({
    type,
    from,
    to,
    ...relationState(graph.ontology, type, form),
  }));
}
