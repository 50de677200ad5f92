import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { argumentsOf, type Part, queryText } from './query-text.ts';

/** What is selected of a list that is only counted. */
export const count: readonly Part[] = ['totalCount'];

/** What is selected of a list that is read page by page. */
export const page: Part = ['pageInfo', ['hasNextPage', 'endCursor']];

interface AllOptions {
  readonly orderBy?: string;
  /** Whether the query takes a filter. */
  readonly filtered?: boolean;
  readonly variables?: readonly string[];
}

/** A list of all entities of a kind, page by page. */
export const allOf = (
  ontology: Ontology,
  kind: Kind,
  title: string,
  name: string,
  fields: readonly Part[],
  { orderBy, filtered = false, variables = [] }: AllOptions = {},
) =>
  queryText(
    title,
    `query ${name}(${['$after: String', ...(filtered ? [`$filter: ${kind}Filter = {}`] : []), ...variables].join(', ')})`,
    [
      [
        `${ontology.kind(kind).plural}${argumentsOf({ first: 100, after: '$after', filter: filtered ? '$filter' : undefined, orderBy })}`,
        ['totalCount', page, ['nodes', fields]],
      ],
    ],
  );

/** The sources of a published figure. */
export const figureSources = ({ provenance, relation }: Ontology): readonly Part[] =>
  provenance ? [[`sources: ${relation(provenance.relation).forward}(first: 5)`, [['nodes', ['...SourceCard']]]]] : [];
