import type { Run, Statement } from '../graph/graph.ts';
import { isKind, type Kind } from '../ontology/kinds.ts';
import { isRelationType, type RelationType, relations } from '../ontology/relations.ts';
import type { RelationDefinition } from '../ontology/vocabulary.ts';
import { fieldOf, isFields, isSlug } from './check-properties.ts';
import { endLabel } from './end-label.ts';

/** An entity that records may refer to. */
export interface KnownEntity {
  readonly kind: Kind;
  /** Counts the known entities, from 0. */
  readonly number: number;
  /** The graph holds it already. */
  readonly inGraph: boolean;
  /** The data that is being imported holds it. */
  readonly inData: boolean;
}

/** The entities of the data and those of the graph that the data names: ids and kinds only. */
export interface KnownEntities {
  /** The entity of that id: of the data, or of the graph where the data may refer to it. */
  find(id: string): KnownEntity | undefined;
  /** Adds an entity of the data. Returns the one that has the id already, in the data or, as another kind, in the graph. */
  add(id: string, kind: Kind): KnownEntity | undefined;
  /** The target that the graph holds for a relation to one target, unless it may be replaced. */
  targetOf(type: RelationType, from: string): string | undefined;
  /** Looks up in the graph what these records name, so that `find`, `add` and `targetOf` know it. */
  lookUp(records: readonly unknown[]): Promise<void>;
}

export interface KnownEntitiesOptions {
  /** Asks the graph; absent where it holds no entity. */
  readonly ask: Run | undefined;
  /** The data are the seeds: they refer to nothing but themselves, and what they put into the graph gives way to them. */
  readonly seeded: boolean;
}

const findEntities: Statement = {
  name: 'import-find-entities',
  text: 'MATCH (entity:Entity) WHERE entity.id IN $ids RETURN entity.id, labels(entity)',
};

const findTargets = (type: RelationType): Statement => ({
  name: `import-find-targets-${type}`,
  text: `UNWIND $ids AS id
MATCH (from:${endLabel(type, 'from')} {id: id})-[relation:${type}]->(to)
WHERE NOT ($seeded AND coalesce(relation.\`_seeded\`, false))
RETURN id, to.id`,
});

export function createKnownEntities({ ask, seeded }: KnownEntitiesOptions): KnownEntities {
  const entities = new Map<string, KnownEntity>();
  const targets = new Map<string, string>();

  async function lookUpEntities(run: Run, records: readonly unknown[]) {
    const ids = [...new Set(records.flatMap(idsIn))].filter((id) => !entities.has(id));
    if (ids.length === 0) return;
    for (const [id, labels] of await run(findEntities, { ids })) {
      const kind = Array.isArray(labels) ? labels.find(isKind) : undefined;
      if (kind) entities.set(String(id), { kind, number: entities.size, inGraph: true, inData: false });
    }
  }

  async function lookUpTargets(run: Run, records: readonly unknown[]) {
    const idsByType = new Map<RelationType, Set<string>>();
    for (const record of records.filter(isFields)) {
      const [type, from] = [fieldOf(record, 'type'), fieldOf(record, 'from')];
      if (typeof type !== 'string' || !isRelationType(type) || typeof from !== 'string') continue;
      const { toOne }: RelationDefinition = relations[type];
      if (toOne && entities.get(from)?.inGraph) idsByType.set(type, (idsByType.get(type) ?? new Set()).add(from));
    }
    for (const [type, ids] of idsByType) {
      for (const [from, to] of await run(findTargets(type), { ids: [...ids], seeded }))
        targets.set(`${type} ${from}`, String(to));
    }
  }

  return {
    find(id) {
      const known = entities.get(id);
      return seeded && !known?.inData ? undefined : known;
    },
    add(id, kind) {
      const known = entities.get(id);
      if (known && (known.inData || known.kind !== kind)) return known;
      entities.set(id, { kind, number: known?.number ?? entities.size, inGraph: known !== undefined, inData: true });
      return undefined;
    },
    targetOf: (type, from) => targets.get(`${type} ${from}`),
    async lookUp(records) {
      if (!ask) return;
      await lookUpEntities(ask, records);
      await lookUpTargets(ask, records);
    },
  };
}

/** Every id that a record names: its own, its ends and its sources. What is no slug cannot be one. */
function idsIn(record: unknown): readonly string[] {
  if (!isFields(record)) return [];
  const sources = fieldOf(record, 'sources');
  const milestones = fieldOf(record, 'milestones');
  return [
    ...['id', 'from', 'to'].map((name) => fieldOf(record, name)),
    ...(Array.isArray(sources) ? sources : []),
    ...(Array.isArray(milestones) ? milestones.map((item) => (isFields(item) ? fieldOf(item, 'source') : null)) : []),
  ].filter(isSlug);
}
