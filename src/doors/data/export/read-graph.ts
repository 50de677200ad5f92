import { setImmediate as giveWay } from 'node:timers/promises';
import { entityState, relationState } from '../../../engine/changes/apply/stored-form.ts';
import { readStoredEntities, readStoredRelations } from '../../../engine/changes/apply/stored-records.ts';
import type { RecordFields } from '../../../engine/changes/record-fields.ts';
import type { Graph, ReadOptions } from '../../../engine/graph/graph.ts';
import type { Kind, RelationType } from '../../../ontology/vocabulary.ts';
import { prefetch } from '../prefetch.ts';

/** Several exports may run beside other requests, which are answered between two pages: a page takes about 15 ms. */
const how = { name: 'export', pageSize: 250 };

async function* recordsOf<Stored>(
  pages: AsyncIterable<readonly Stored[]>,
  recordOf: (stored: Stored) => RecordFields,
): AsyncGenerator<readonly RecordFields[]> {
  for await (const page of pages) {
    yield page.map(recordOf);
    await giveWay();
  }
}

/** Reads the entities of a kind as records, page by page in the order of their ids. @throws GraphError */
export const readEntities = (
  graph: Graph,
  kind: Kind,
  options?: ReadOptions,
): AsyncGenerator<readonly RecordFields[]> =>
  prefetch(
    recordsOf(readStoredEntities(graph, kind, { ...how, ...options }), ([id, form]) => ({
      id,
      ...entityState(graph.ontology, kind, form),
    })),
  );

/** Reads the relations of a type as records, page by page in the order of their ends. @throws GraphError */
export const readRelations = (
  graph: Graph,
  type: RelationType,
  options?: ReadOptions,
): AsyncGenerator<readonly RecordFields[]> =>
  prefetch(
    recordsOf(readStoredRelations(graph, type, { ...how, ...options }), ([from, to, form]) => ({
      type,
      from,
      to,
      ...relationState(graph.ontology, type, form),
    })),
  );
