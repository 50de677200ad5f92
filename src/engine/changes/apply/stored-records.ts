import type { Ontology } from '../../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../../ontology/vocabulary.ts';
import type { Graph, ReadOptions } from '../../graph/graph.ts';
import type { Row, Statement } from '../../graph/statement.ts';
import { endLabel } from './end-label.ts';
import type { StoredForm } from './stored-form.ts';

/** How records are read: under which name in the log of statements, and how many at once. */
export interface StoredRecordsOptions extends ReadOptions {
  readonly name: string;
  readonly pageSize: number;
}

/** Of a record that another transaction is deleting, parts may be missing. */
type Torn<Columns extends Row> = { readonly [Place in keyof Columns]: Columns[Place] | null };

export type StoredEntity = readonly [slug: string, form: StoredForm];

export type StoredRelation = readonly [from: string, to: string, form: StoredForm];

const entitiesAfter = (
  name: string,
  kind: Kind,
): Statement<{ readonly after: string; readonly limit: number }, Torn<StoredEntity>> => ({
  name: `${name}-${kind}`,
  text: `MATCH (entity:${kind}) WHERE entity.id > $after
RETURN entity.id, properties(entity) ORDER BY entity.id LIMIT toInteger($limit)`,
});

// Two conditions rather than one on both ends, so that reading starts where the last page ended.
const relationsAfter = (
  name: string,
  ontology: Ontology,
  type: RelationType,
): Statement<{ readonly from: string; readonly to: string; readonly limit: number }, Torn<StoredRelation>> => ({
  name: `${name}-${type}`,
  text: `MATCH (from:${endLabel(ontology, type, 'from')}) WHERE from.id >= $from
MATCH (from)-[relation:${type}]->(to) WHERE from.id > $from OR to.id > $to
RETURN from.id, to.id, properties(relation) ORDER BY from.id, to.id LIMIT toInteger($limit)`,
});

/**
 * The entities of a kind, page by page in the order of their slugs. Those that are deleted meanwhile may be missing.
 * @throws GraphError
 */
export const readStoredEntities = (
  graph: Graph,
  kind: Kind,
  { name, pageSize, ...options }: StoredRecordsOptions,
): AsyncGenerator<readonly StoredEntity[]> =>
  readPages({
    size: pageSize,
    // An index may still have the slug of one whose properties have been removed.
    isWhole: (row): row is StoredEntity => row[0] !== null && row[1]?.id === row[0],
    read: (last?: StoredEntity) =>
      graph.read(entitiesAfter(name, kind), { after: last?.[0] ?? '', limit: pageSize }, options),
  });

/**
 * The relations of a type, page by page in the order of their ends. Those that are deleted meanwhile may be missing.
 * @throws GraphError
 */
export const readStoredRelations = (
  graph: Graph,
  type: RelationType,
  { name, pageSize, ...options }: StoredRecordsOptions,
): AsyncGenerator<readonly StoredRelation[]> =>
  readPages({
    size: pageSize,
    isWhole: (row): row is StoredRelation => row.every((value) => value !== null),
    read(last?: StoredRelation) {
      const after = { from: last?.[0] ?? '', to: last?.[1] ?? '', limit: pageSize };
      return graph.read(relationsAfter(name, graph.ontology, type), after, options);
    },
  });

interface Pages<Row, Whole extends Row> {
  readonly size: number;
  isWhole(row: Row): row is Whole;
  /** The rows after one, or the first. */
  read(last?: Whole): Promise<readonly Row[]>;
}

async function* readPages<Row, Whole extends Row>({
  size,
  isWhole,
  read,
}: Pages<Row, Whole>): AsyncGenerator<readonly Whole[]> {
  let last: Whole | undefined;
  for (;;) {
    const rows = await read(last);
    const whole = rows.filter(isWhole);
    if (whole.length > 0) yield whole;
    if (rows.length < size) return;
    last = whole.at(-1) ?? last;
  }
}
