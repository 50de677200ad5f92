import { endLabel } from '../../../engine/changes/apply/end-label.ts';
import { fieldOf, isFields, isSlug } from '../../../engine/changes/check/check-properties.ts';
import { milestoneSources } from '../../../engine/changes/check/check-references.ts';
import { isToOne } from '../../../engine/changes/check/relation-rules.ts';
import type { Run } from '../../../engine/graph/graph.ts';
import type { Statement } from '../../../engine/graph/statement.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../../ontology/vocabulary.ts';
import { ownText } from '../own-text.ts';

/** An entity that records may refer to. */
export interface KnownEntity {
  readonly kind: Kind;
  /** Counts the known entities, from 0. */
  readonly number: number;
  /** Whether the graph contains it. */
  readonly inGraph: boolean;
  /** Whether the imported data contains it. */
  readonly inData: boolean;
}

/** The entities of the data and those of the graph that the data names: ids and kinds only. */
export interface KnownEntities {
  /** The entity with that id: in the data or, if the data may refer to it, in the graph. */
  find(id: string): KnownEntity | undefined;
  /** Adds an entity of the data. Returns the one that has the id already, in the data or, as another kind, in the graph. */
  add(id: string, kind: Kind): KnownEntity | undefined;
  /** Notes that the record of that id is not imported. */
  reject(id: string): void;
  isRejected(id: string): boolean;
  /** The target of a to-one relation in the graph, if the data may not replace it. */
  targetOf(type: RelationType, from: string): string | undefined;
  /** The targets, in the graph, of relations that must not form cycles, as far as the records lead there. */
  linksOf(type: RelationType, from: string): readonly string[];
  /** Looks up in the graph what these records name, so that all the others know it. */
  lookUp(records: readonly unknown[]): Promise<void>;
}

export interface KnownEntitiesOptions {
  /** Reads the graph; absent if it contains no entity. */
  readonly ask: Run | undefined;
  /** Whether the data are the seeds: they refer only to themselves, and replace what they have put into the graph. */
  readonly seeded: boolean;
  /** What earlier seeds put into the graph and these no longer hold, is removed. */
  readonly prune: boolean;
}

interface Ids {
  readonly ids: readonly string[];
}

const findEntities: Statement<Ids, readonly [id: string, labels: readonly string[]]> = {
  name: 'import-find-entities',
  text: 'MATCH (entity:Entity) WHERE entity.id IN $ids RETURN entity.id, labels(entity)',
};

type LinkColumns = readonly [from: string, to: string];

const findTargets = (ontology: Ontology, type: RelationType): Statement<Ids, LinkColumns> => ({
  name: `import-find-targets-${type}`,
  text: `UNWIND $ids AS id
MATCH (from:${endLabel(ontology, type, 'from')} {id: id})-[relation:${type}]->(to)
WHERE NOT coalesce(relation.\`_seeded\`, false)
RETURN id, to.id`,
});

const findLinks = (
  ontology: Ontology,
  type: RelationType,
): Statement<Ids & { readonly givesWay: boolean }, LinkColumns> => ({
  name: `import-find-links-${type}`,
  text: `MATCH (start:${endLabel(ontology, type, 'from')}) WHERE start.id IN $ids
MATCH (start)-[:${type}*0..]->(from) WITH DISTINCT from
MATCH (from)-[relation:${type}]->(to) WHERE NOT ($givesWay AND coalesce(relation.\`_seeded\`, false))
RETURN from.id, to.id`,
});

export function createKnownEntities(ontology: Ontology, { ask, seeded, prune }: KnownEntitiesOptions): KnownEntities {
  const { isRelationType, isAcyclic, kindOf } = ontology;
  const entities = new Map<string, KnownEntity>();
  const targets = new Map<string, string>();
  const links = new Map<string, Set<string>>();
  const rejected = new Set<string>();

  async function lookUpEntities(run: Run, records: readonly unknown[]) {
    const ids = [...new Set(records.flatMap((record) => idsIn(ontology, record)))].filter((id) => !entities.has(id));
    if (ids.length === 0) return;
    for (const [id, labels] of await run(findEntities, { ids })) {
      const kind = kindOf(labels);
      if (kind) entities.set(id, { kind, number: entities.size, inGraph: true, inData: false });
    }
  }

  /** Seeds replace targets that they have set, imports any. */
  async function lookUpTargets(run: Run, records: readonly unknown[]) {
    if (!seeded) return;
    for (const [type, ids] of endsInGraph(records, 'from', (type) => isToOne(ontology, type))) {
      for (const [from, to] of await run(findTargets(ontology, type), { ids })) targets.set(`${type} ${from}`, to);
    }
  }

  async function lookUpLinks(run: Run, records: readonly unknown[]) {
    for (const [type, ids] of endsInGraph(records, 'to', isAcyclic)) {
      const givesWay = seeded && (prune || isToOne(ontology, type));
      for (const [from, to] of await run(findLinks(ontology, type), { ids, givesWay })) {
        const key = `${type} ${from}`;
        links.set(key, (links.get(key) ?? new Set()).add(to));
      }
    }
  }

  /** One end of relations by type, as far as they are in the graph. */
  function endsInGraph(records: readonly unknown[], end: 'from' | 'to', isAsked: (type: RelationType) => boolean) {
    const ids = new Map<RelationType, Set<string>>();
    for (const record of records.filter(isFields)) {
      const [type, id] = [fieldOf(record, 'type'), fieldOf(record, end)];
      if (typeof type !== 'string' || !isRelationType(type) || !isAsked(type)) continue;
      if (typeof id === 'string' && entities.get(id)?.inGraph) ids.set(type, (ids.get(type) ?? new Set()).add(id));
    }
    return [...ids].map(([type, set]) => [type, [...set]] as const);
  }

  return {
    find(id) {
      const known = entities.get(id);
      return seeded && !known?.inData ? undefined : known;
    },
    add(id, kind) {
      const known = entities.get(id);
      if (known && (known.inData || known.kind !== kind)) return known;
      const number = known?.number ?? entities.size;
      entities.set(ownText(id), { kind, number, inGraph: known !== undefined, inData: true });
      return undefined;
    },
    reject: (id) => void rejected.add(ownText(id)),
    isRejected: (id) => rejected.has(id),
    targetOf: (type, from) => targets.get(`${type} ${from}`),
    linksOf: (type, from) => [...(links.get(`${type} ${from}`) ?? [])],
    async lookUp(records) {
      if (!ask) return;
      await lookUpEntities(ask, records);
      await lookUpTargets(ask, records);
      await lookUpLinks(ask, records);
    },
  };
}

/** Every id in a record: its own, its ends and its sources. Invalid slugs cannot be ids. */
export function idsIn(ontology: Ontology, record: unknown): readonly string[] {
  if (!isFields(record)) return [];
  const sources = fieldOf(record, 'sources');
  return [
    ...['id', 'from', 'to'].map((name) => fieldOf(record, name)),
    ...(Array.isArray(sources) ? sources : []),
    ...milestoneSources(ontology, record).map(({ source }) => source),
  ].filter(isSlug);
}
