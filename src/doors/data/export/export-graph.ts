import { fieldOf } from '../../../engine/changes/check/check-properties.ts';
import type { RecordFields } from '../../../engine/changes/record-fields.ts';
import type { Graph, ReadOptions } from '../../../engine/graph/graph.ts';
import type { GraphSnapshot } from '../../../history/memory/graph-snapshot.ts';
import { memoize } from '../../../ontology/memoize.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../../ontology/vocabulary.ts';
import { cellOf, csvRow } from '../files/csv-cell.ts';
import { fileNameOf, kindsInOrder, WHOLE_GRAPH } from '../files/data-file.ts';
import { fieldTypesByRow, fieldTypesOf } from '../files/table-mapping.ts';
import { refusePending } from '../import-marker.ts';
import { readEntities, readRelations } from './read-graph.ts';
import { snapshotEntities, snapshotRelations } from './snapshot-records.ts';

export const exportFormats = ['json', 'jsonl', 'csv'] as const;

export type ExportFormat = (typeof exportFormats)[number];

/** Contents of one file: the entities of a kind, the relations of a type, or all relations. */
export type Exported = Kind | RelationType | 'relations';

/** The files of the whole graph, in the order in which an import reads them. */
export const allExported = memoize((ontology: Ontology): readonly Exported[] => [
  ...kindsInOrder(ontology),
  'relations',
]);

/** The file name by which an import recognises the contents. */
export const exportedFileName = (ontology: Ontology, exported: Exported | 'graph', format: ExportFormat): string =>
  `${exported === 'graph' ? WHOLE_GRAPH : nameOf(ontology, exported)}.${format}`;

const nameOf = (ontology: Ontology, exported: Exported): string =>
  ontology.isKind(exported) ? fileNameOf(ontology, exported) : exported;

/** Relations are sorted by type, as in the seeds. */
const typesInOrder = memoize(({ relationTypes }: Ontology): readonly RelationType[] => [...relationTypes].sort());

/** What is exported: the graph of today, or a state of it in memory. */
export type ExportedGraph = Graph | GraphSnapshot;

const isSnapshot = (graph: ExportedGraph): graph is GraphSnapshot => !('read' in graph);

const entitiesOf = (graph: ExportedGraph, kind: Kind, options?: ReadOptions) =>
  isSnapshot(graph) ? snapshotEntities(graph, kind) : readEntities(graph, kind, options);

const relationsOf = (graph: ExportedGraph, type: RelationType, options?: ReadOptions) =>
  isSnapshot(graph) ? snapshotRelations(graph, type) : readRelations(graph, type, options);

async function* readExported(
  graph: ExportedGraph,
  exported: Exported,
  options?: ReadOptions,
): AsyncGenerator<readonly RecordFields[]> {
  const { ontology } = graph;
  if (ontology.isKind(exported)) yield* entitiesOf(graph, exported, options);
  else if (exported !== 'relations') yield* relationsOf(graph, exported, options);
  else for (const type of typesInOrder(ontology)) yield* relationsOf(graph, type, options);
}

/** The same pieces, provided that no import is pending at the beginning and at the end. @throws ImportPending */
async function* ofWhole(graph: ExportedGraph, pieces: AsyncGenerator<string>): AsyncGenerator<string> {
  if (!isSnapshot(graph)) await refusePending(graph);
  yield* pieces;
  if (!isSnapshot(graph)) await refusePending(graph);
}

/**
 * The text of a file, piece by piece, in the form that an import reads. The same graph makes the same bytes.
 * @throws ImportPending, GraphError
 */
export const exportFile = (
  graph: ExportedGraph,
  exported: Exported,
  format: ExportFormat,
  options?: ReadOptions,
): AsyncGenerator<string> => ofWhole(graph, fileText(graph, exported, format, options));

async function* fileText(
  graph: ExportedGraph,
  exported: Exported,
  format: ExportFormat,
  options?: ReadOptions,
): AsyncGenerator<string> {
  const pages = readExported(graph, exported, options);
  if (format === 'json') yield* jsonArray(pages);
  else if (format === 'csv') yield* csvTable(graph.ontology, pages, exported);
  else for await (const records of pages) yield records.map((record) => `${JSON.stringify(record)}\n`).join('');
}

async function* jsonArray(pages: AsyncIterable<readonly RecordFields[]>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const records of pages) {
    yield before + records.map((record) => JSON.stringify(record)).join(',\n');
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

async function* csvTable(
  ontology: Ontology,
  pages: AsyncIterable<readonly RecordFields[]>,
  exported: Exported,
): AsyncGenerator<string> {
  const { isKind, isRelationType } = ontology;
  const kind = isKind(exported) ? exported : undefined;
  const relation = isRelationType(exported) ? exported : undefined;
  const holds = { kind, relation, items: undefined };
  const columns = [...fieldTypesOf(ontology, holds).keys()];
  yield csvRow(columns);
  const typesByRow = fieldTypesByRow(ontology, holds);
  function rowOf(record: RecordFields): string {
    const types = typesByRow(record.type);
    const cellIn = (name: string) => {
      const type = types.get(name);
      return type ? cellOf(type, fieldOf(record, name)) : '';
    };
    return csvRow(columns.map(cellIn));
  }
  for await (const records of pages)
    yield records
      .map((record) => (kind ? record : { ...record, ...Object(record.properties) }))
      .map(rowOf)
      .join('');
}

/**
 * The whole graph as one text: an object of arrays named like files, or one line per record, with the kind of each
 * entity. An import reads it from a file named `graph`.
 * @throws ImportPending, GraphError
 */
export const exportWhole = (
  graph: ExportedGraph,
  format: 'json' | 'jsonl',
  options?: ReadOptions,
): AsyncGenerator<string> => ofWhole(graph, wholeText(graph, format, options));

async function* wholeText(
  graph: ExportedGraph,
  format: 'json' | 'jsonl',
  options: ReadOptions | undefined,
): AsyncGenerator<string> {
  const { ontology } = graph;
  if (format === 'jsonl') {
    for (const exported of allExported(ontology))
      for await (const records of readExported(graph, exported, options))
        yield records
          .map((record) => (ontology.isKind(exported) ? { kind: exported, ...record } : record))
          .map((record) => `${JSON.stringify(record)}\n`)
          .join('');
    return;
  }
  let before = '{\n';
  for (const exported of allExported(ontology)) {
    yield `${before}${JSON.stringify(nameOf(ontology, exported))}: `;
    before = ',\n';
    for await (const piece of fileText(graph, exported, 'json', options)) yield piece.replace(/\n$/, '');
  }
  yield '\n}\n';
}
