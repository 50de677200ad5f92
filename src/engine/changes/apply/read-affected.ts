import neo4j, { type Integer } from 'neo4j-driver';
import { memoize } from '../../../ontology/memoize.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { RelationType } from '../../../ontology/vocabulary.ts';
import type { Run } from '../../graph/graph.ts';
import type { NoParameters, Row, Statement } from '../../graph/statement.ts';
import type { EntityName } from '../change.ts';
import { milestonePropertiesOf, statesFrom } from '../check/milestone-properties.ts';
import { ownersOf } from '../check/relation-rules.ts';
import { changesBy } from '../log/changes-by.ts';
import { ChangedUnderLock } from './changed-under-lock.ts';
import type { References } from './references-in-operations.ts';
import type { StoredForm } from './stored-form.ts';
import type { EntityInGraph, RelationInGraph } from './working-graph.ts';

/** The current state of everything that operations refer to. */
export interface Affected {
  readonly entities: readonly EntityInGraph[];
  readonly relations: readonly RelationInGraph[];
  /** Last logged revisions of entities that may be created. */
  readonly lastRevisions: ReadonlyMap<string, number>;
  /** The entity to delete with the most relations, if there are more than one transaction may remove. */
  readonly tooMany: string | undefined;
  /** An import in several transactions is not complete. */
  readonly importing: boolean;
  /** Relationships that the ontology does not know, by an entity that is to be deleted: their types. */
  readonly unknownRelations: ReadonlyMap<string, readonly string[]>;
}

/** Maximum number of relations removed with entities in one transaction. */
export const MOST_RELATIONS = 10_000;

interface Slugs {
  readonly slugs: readonly string[];
}

/** At most this many rows. */
interface Most {
  readonly most: Integer;
}

// To set a property and take it away again locks a node and leaves it as it was.
export const lockEntities: Statement<Slugs, readonly [slug: string]> = {
  name: 'change-lock',
  text: `UNWIND $slugs AS slug
MATCH (entity:Entity {id: slug}) SET entity.\`_lock\` = true REMOVE entity.\`_lock\`
RETURN slug`,
};

/**
 * Links between different entities can form a cycle together, so writers of one type of relation wait for one another.
 */
export const lockTypes: Statement<{ readonly types: readonly RelationType[] }> = {
  name: 'change-lock-types',
  text: 'UNWIND $types AS type MERGE (lock:`_Lock` {name: type}) SET lock.taken = datetime.transaction()',
};

const findImport: Statement<NoParameters, readonly [written: number]> = {
  name: 'change-find-import',
  text: 'MATCH (import:`_Import`) RETURN import.written',
};

const entityRow = 'labels(entity), properties(entity)';

type EntityColumns = readonly [labels: readonly string[], properties: StoredForm & { readonly id: string }];

const readEntities: Statement<Slugs, EntityColumns> = {
  name: 'change-read-entities',
  text: `MATCH (entity:Entity) WHERE entity.id IN $slugs RETURN ${entityRow}`,
};

/** The last revisions of deleted entities, from which new ones with their slugs continue. */
export const readLastRevisions: Statement<Slugs, readonly [slug: string, revision: number]> = {
  name: 'change-read-last-revisions',
  text: `UNWIND $slugs AS slug
CALL (slug) {
  ${changesBy('entity', 'sequence')} WHERE change.entity = slug AND change.sequence > 0
  RETURN change.revision AS revision ORDER BY change.sequence DESC LIMIT 1
}
RETURN slug, revision`,
};

const relationRow = `type(relation), elementId(relation), properties(relation),
  labels(startNode(relation)), startNode(relation).id, labels(endNode(relation)), endNode(relation).id`;

type RelationColumns = readonly [
  type: string,
  element: string,
  properties: StoredForm,
  fromLabels: readonly string[],
  from: string,
  toLabels: readonly string[],
  to: string,
];

// DISTINCT separates the two look-ups, which would otherwise be planned as a product.
const readPairs: Statement<Pick<References, 'pairs'>, RelationColumns> = {
  name: 'change-read-pairs',
  text: `UNWIND $pairs AS pair
MATCH (from:Entity {id: pair.from}) WITH DISTINCT pair, from
MATCH (to:Entity {id: pair.to})
MATCH (from)-[relation]-(to) WHERE type(relation) = pair.type
RETURN ${relationRow}`,
};

const readStarts: Statement<Pick<References, 'starts'>, RelationColumns> = {
  name: 'change-read-starts',
  text: `UNWIND $starts AS start
MATCH (from:Entity {id: start.from})-[relation]->() WHERE type(relation) = start.type
RETURN ${relationRow}`,
};

const readUpward = (type: RelationType): Statement<Slugs, RelationColumns> => ({
  name: `change-read-upward-${type}`,
  text: `MATCH (start:Entity) WHERE start.id IN $slugs
MATCH (start)-[:${type}*0..]->(entity) WITH DISTINCT entity
MATCH (entity)-[relation:${type}]->()
RETURN ${relationRow}`,
});

const readAttached: Statement<Slugs & Most, RelationColumns> = {
  name: 'change-read-attached',
  text: `MATCH (entity:Entity)-[relation]-() WHERE entity.id IN $slugs
WITH DISTINCT relation LIMIT $most
RETURN ${relationRow}`,
};

const readResting = memoize(
  ({ provenance }: Ontology): Statement<Slugs & Most, RelationColumns> => ({
    name: 'change-read-resting',
    text: `MATCH (:Entity)-[relation]->()
WHERE any(source IN relation.${provenance?.property} WHERE source IN $slugs)
WITH relation LIMIT $most
RETURN ${relationRow}`,
  }),
);

const readStated = memoize(
  (ontology: Ontology): Statement<Slugs & Most, EntityColumns> => ({
    name: 'change-read-stated',
    text: `MATCH (entity:${milestonePropertiesOf(ontology).kinds.join('|')})
WHERE any(slug IN $slugs WHERE ${statesFrom(ontology, 'entity', 'slug')})
WITH entity LIMIT $most
RETURN ${entityRow}`,
  }),
);

/**
 * Locks the entities that operations refer to, then reads them: until the end of the transaction, nothing else can
 * change them or their relations in this way. All statements are sent together, so they cost one round trip; entities
 * that lose a relation to a deleted one cost another.
 * @throws ChangedUnderLock
 */
export async function readAffected(ontology: Ontology, run: Run, named: References): Promise<Affected> {
  const { slugs, created, pairs, starts, upward, removed, removedSources } = named;
  const types = [...upward.keys()].sort();
  const most = neo4j.int(MOST_RELATIONS + 1);
  const statedSources = milestonePropertiesOf(ontology).kinds.length > 0 ? removedSources : [];
  const [, locked, imports, revisions, stated, attached, ...relationRows] = await Promise.all([
    unlessEmpty(types, () => run(lockTypes, { types })),
    lockAndRead(ontology, run, slugs),
    run(findImport, {}),
    unlessEmpty(created, () => run(readLastRevisions, { slugs: created })),
    unlessEmpty(statedSources, () => run(readStated(ontology), { slugs: statedSources, most })),
    unlessEmpty(removed, () => run(readAttached, { slugs: removed, most })),
    unlessEmpty(pairs, () => run(readPairs, { pairs })),
    unlessEmpty(starts, () => run(readStarts, { starts })),
    unlessEmpty(removedSources, () => run(readResting(ontology), { slugs: removedSources, most })),
    ...types.map((type) => run(readUpward(type), { slugs: upward.get(type) ?? [] })),
  ]);
  const entities = [...locked, ...stated.map((row) => heldEntity(ontology, row))];
  const isKnown = ([type]: RelationColumns) => ontology.isRelationType(type);
  const going = attached.filter(isKnown).map((row) => heldRelation(ontology, row));
  return {
    entities: distinct([...entities, ...(await readLosing(ontology, run, named, entities, going))]),
    relations: [
      ...going,
      ...relationRows
        .flat()
        .filter(isKnown)
        .map((row) => heldRelation(ontology, row)),
    ],
    unknownRelations: unknownAt(
      removed,
      attached.filter((row) => !isKnown(row)),
    ),
    lastRevisions: new Map(revisions),
    tooMany: going.length > MOST_RELATIONS ? busiest(removed, going) : undefined,
    importing: imports.length > 0,
  };
}

/** Locks and reads the entities whose relations are deleted with another entity. */
async function readLosing(
  ontology: Ontology,
  run: Run,
  { detached }: References,
  known: readonly EntityInGraph[],
  attached: readonly RelationInGraph[],
): Promise<readonly EntityInGraph[]> {
  const gone = new Set(detached);
  const losing = attached
    .filter(({ from, to }) => gone.has(from.slug) || gone.has(to.slug))
    .flatMap((relation) => ownersOf(ontology, relation));
  const read = new Set(known.map(({ slug }) => slug));
  const slugs = [...new Set(losing.map(({ slug }) => slug))].filter((slug) => !read.has(slug)).sort();
  return lockAndRead(ontology, run, slugs);
}

async function lockAndRead(ontology: Ontology, run: Run, slugs: readonly string[]): Promise<readonly EntityInGraph[]> {
  if (slugs.length === 0) return [];
  const [lockedRows, rows] = await Promise.all([run(lockEntities, { slugs }), run(readEntities, { slugs })]);
  const locked = new Set(lockedRows.map(([slug]) => slug));
  const entities = rows.map((row) => heldEntity(ontology, row));
  if (entities.every(({ slug }) => locked.has(slug))) return entities;
  throw new ChangedUnderLock('An entity was created while the transaction waited for locks.');
}

/** The one that has the most of these relations. */
function busiest(slugs: readonly string[], relations: readonly RelationInGraph[]): string | undefined {
  const counts = new Map(slugs.map((slug) => [slug, 0]));
  for (const { from, to } of relations)
    for (const slug of new Set([from.slug, to.slug])) counts.set(slug, (counts.get(slug) ?? 0) + 1);
  return slugs.reduce((most, slug) => ((counts.get(slug) ?? 0) > (counts.get(most) ?? 0) ? slug : most));
}

/** The types of relationships that the ontology does not know, by the entity that is to be deleted. */
function unknownAt(slugs: readonly string[], rows: readonly RelationColumns[]): ReadonlyMap<string, readonly string[]> {
  const types = (slug: string) =>
    rows.flatMap(([type, , , , from, , to]) => (from === slug || to === slug ? [type] : []));
  return new Map(slugs.map((slug) => [slug, [...new Set(types(slug))]]));
}

const unlessEmpty = async <Columns extends Row>(
  items: readonly unknown[],
  read: () => Promise<readonly Columns[]>,
): Promise<readonly Columns[]> => (items.length === 0 ? [] : read());

const distinct = (entities: readonly EntityInGraph[]): readonly EntityInGraph[] => [
  ...new Map(entities.map((entity) => [entity.slug, entity])).values(),
];

const heldEntity = (ontology: Ontology, [labels, stored]: EntityColumns): EntityInGraph => ({
  ...entityName(ontology, labels, stored.id),
  stored,
});

function heldRelation(ontology: Ontology, row: RelationColumns): RelationInGraph {
  const [type, element, stored, fromLabels, from, toLabels, to] = row;
  if (!ontology.isRelationType(type)) throw new Error(`${type} is not a relation of the ontology.`);
  const ends = { from: entityName(ontology, fromLabels, from), to: entityName(ontology, toLabels, to) };
  return { type, ...ends, element, stored };
}

function entityName({ kindOf }: Ontology, labels: readonly string[], slug: string): EntityName {
  const kind = kindOf(labels);
  if (!kind) throw new Error(`The entity ${slug} has no label of the ontology: ${labels}.`);
  return { kind, slug };
}
