import { type CitationFileFormat, citationFileFormats, citationFileTypes } from '../citations/citation-files.ts';
import { type ExportFormat, exportFormats } from '../data/export/export-graph.ts';
import { type GraphFileFormat, graphFileFormats, graphFileTypes } from '../graph-files/write-graph-file.ts';
import { type RdfFormat, rdfFormats, rdfTypes } from '../linked-data/rdf-text.ts';

/** Every format of an export. */
export type FileFormat = ExportFormat | RdfFormat | GraphFileFormat | CitationFileFormat;

export const fileFormats: readonly FileFormat[] = [
  ...exportFormats,
  ...rdfFormats,
  ...graphFileFormats,
  ...citationFileFormats,
];

/** The media type of each format. */
export const contentTypes: Readonly<Record<FileFormat, string>> = {
  json: 'application/json; charset=utf-8',
  jsonl: 'application/jsonl; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
  ...rdfTypes,
  ...graphFileTypes,
  ...citationFileTypes,
};

const isOneOf =
  <Format extends string>(formats: readonly Format[]) =>
  (format: string): format is Format =>
    (formats as readonly string[]).includes(format);

/** Whether an import reads the format. */
export const isRecordFormat = isOneOf(exportFormats);

export const isRdfFormat = isOneOf(rdfFormats);

export const isGraphFileFormat = isOneOf(graphFileFormats);
