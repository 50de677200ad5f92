import { endLabel } from '../../changes/apply/end-label.ts';
import { entityState, relationState, type StoredForm } from '../../changes/apply/stored-form.ts';
import type { RecordFields } from '../../changes/record-fields.ts';
import type { Graph, ReadOptions } from '../../graph/graph.ts';
import type { Row, Statement } from '../../graph/statement.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../ontology/vocabulary.ts';
import { prefetch } from '../prefetch.ts';

/** Number of records read per statement. */
const PAGE = 1_000;

type EntityColumns = readonly [id: string, form: StoredForm];

const entitiesAfter = (kind: Kind): Statement<{ readonly after: string; readonly limit: number }, EntityColumns> => ({
  name: `export-${kind}`,
  text: `MATCH (entity:${kind}) WHERE entity.id > $after
RETURN entity.id, properties(entity) ORDER BY entity.id LIMIT toInteger($limit)`,
});

type RelationColumns = readonly [from: string, to: string, form: StoredForm];

// Two conditions rather than one on both ends, so that reading starts where the last page ended.
const relationsAfter = (
  ontology: Ontology,
  type: RelationType,
): Statement<{ readonly from: string; readonly to: string; readonly limit: number }, RelationColumns> => ({
  name: `export-${type}`,
  text: `MATCH (from:${endLabel(ontology, type, 'from')}) WHERE from.id >= $from
MATCH (from)-[relation:${type}]->(to) WHERE from.id > $from OR to.id > $to
RETURN from.id, to.id, properties(relation) ORDER BY from.id, to.id LIMIT toInteger($limit)`,
});

/** Reads the entities of a kind as records, page by page in the order of their ids. @throws GraphError */
export const readEntities = (
  graph: Graph,
  kind: Kind,
  options?: ReadOptions,
): AsyncGenerator<readonly RecordFields[]> =>
  prefetch(
    readPages<EntityColumns>(
      (last) => graph.read(entitiesAfter(kind), { after: last?.[0] ?? '', limit: PAGE }, options),
      ([id, form]) => ({ id, ...entityState(graph.ontology, kind, form) }),
    ),
  );

/** Reads the relations of a type as records, page by page in the order of their ends. @throws GraphError */
export const readRelations = (
  graph: Graph,
  type: RelationType,
  options?: ReadOptions,
): AsyncGenerator<readonly RecordFields[]> =>
  prefetch(
    readPages<RelationColumns>(
      (last) => {
        const after = { from: last?.[0] ?? '', to: last?.[1] ?? '', limit: PAGE };
        return graph.read(relationsAfter(graph.ontology, type), after, options);
      },
      ([from, to, form]) => ({ type, from, to, ...relationState(graph.ontology, type, form) }),
    ),
  );

async function* readPages<Columns extends Row>(
  read: (last: Columns | undefined) => Promise<readonly Columns[]>,
  recordOf: (row: Columns) => RecordFields,
): AsyncGenerator<readonly RecordFields[]> {
  let last: Columns | undefined;
  for (;;) {
    const rows = await read(last);
    if (rows.length > 0) yield rows.map(recordOf);
    if (rows.length < PAGE) return;
    last = rows.at(-1);
  }
}
