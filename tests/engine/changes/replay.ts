import { cooperation } from '../../../src/cooperation/ontology.ts';
import {
  type Change,
  type EntityName,
  isOfRecord,
  type RecordChange,
  type RecordState,
} from '../../../src/engine/changes/change.ts';
import type { Graph } from '../../../src/engine/graph/graph.ts';
import { isListed, type Kind, type RelationDefinition } from '../../../src/ontology/vocabulary.ts';

const { isKind, propertiesOf } = cooperation;

/** The graph as plain records: entities by slug, relations by their type and ends. */
export interface Snapshot {
  readonly entities: Readonly<Record<string, { kind: Kind; revision: number; state: RecordState }>>;
  readonly relations: Readonly<Record<string, RecordState>>;
}

/** What the database holds, read without the code that changes it. */
export async function snapshotOf(graph: Graph): Promise<Snapshot> {
  const nodes = await graph.read(
    {
      name: 'test-entities',
      text: 'MATCH (entity:Entity) RETURN labels(entity), properties(entity) ORDER BY entity.id',
    },
    {},
  );
  const edges = await graph.read(
    {
      name: 'test-relations',
      text: 'MATCH (from:Entity)-[relation]->(to:Entity) RETURN type(relation), from.id, to.id, properties(relation)',
    },
    {},
  );
  const own = (properties: object) => Object.entries(properties).filter(([name]) => !name.startsWith('_'));
  const entities = nodes.map(([labels, stored]) => {
    const { id, _revision, ...properties } = Object(stored);
    const kind = (labels as string[]).find(isKind) as Kind;
    const state = own(properties).map(([name, value]) => {
      const property = propertiesOf(kind)[name];
      return [name, property && isListed(property) ? JSON.parse(String(value)) : value];
    });
    return [id, { kind, revision: Number(_revision ?? 1), state: Object.fromEntries(state) }] as const;
  });
  const relations = edges.map(([type, from, to, stored]) => {
    const { sources, ...properties } = Object.fromEntries(own(Object(stored))) as Record<string, unknown>;
    const state = {
      ...(Object.keys(properties).length === 0 ? {} : { properties }),
      ...(sources === undefined ? {} : { sources }),
    };
    return [`${type} ${from} ${to}`, state] as const;
  });
  return { entities: Object.fromEntries(entities), relations: Object.fromEntries(relations) };
}

/**
 * The graph that a log makes of an earlier one, change by change. Every change must fit what those before it left, and
 * no relation may ever be without its ends.
 *
 * @param visit is called after each change, with what the graph is then
 */
export function replay(
  baseline: Snapshot,
  changes: readonly Change[],
  after = 0,
  visit: (sequence: number, snapshot: () => Snapshot) => void = () => {},
): Snapshot {
  const entities = new Map(Object.entries(baseline.entities));
  const edges = new Map(Object.entries(baseline.relations));
  const raised = new Map<string, Set<string>>();
  /** The last revisions of deleted entities, from which they continue if created again. */
  const gone = new Map<string, number>();

  const demand = (holds: boolean, change: Change, what: string) => {
    if (!holds) throw new Error(`Change ${change.sequence} does not fit: ${what}: ${JSON.stringify(change)}`);
  };
  const same = (held: RecordState | undefined, before: RecordState | null) =>
    before === null ? held === undefined : held !== undefined && text(held) === text(before);
  const raise = (transaction: string, slug: string) => {
    const entity = entities.get(slug);
    const done = raised.get(transaction) ?? new Set();
    raised.set(transaction, done);
    if (!entity || done.has(slug)) return;
    done.add(slug);
    entities.set(slug, { ...entity, revision: entity.revision + 1 });
  };
  const isThere = ({ kind, slug }: EntityName) => entities.get(slug)?.kind === kind;

  const snapshot = () => ({ entities: Object.fromEntries(entities), relations: Object.fromEntries(edges) });

  for (const [place, change] of changes.entries()) {
    demand(change.sequence === after + place + 1, change, 'the sequence has a gap');
    if (!isOfRecord(change)) continue;
    apply(change);
    visit(change.sequence, snapshot);
  }
  return snapshot();

  function apply(change: RecordChange): void {
    const { transaction, before, after: state } = change;
    if (change.subject === 'ENTITY') {
      const { kind, slug } = change.entity;
      demand(same(entities.get(slug)?.state, before), change, 'it was not so before');
      if (state === null) {
        raise(transaction, slug);
        gone.set(slug, entities.get(slug)?.revision ?? 0);
        entities.delete(slug);
        demand(![...edges.keys()].some((key) => key.split(' ').includes(slug, 1)), change, 'a relation is left over');
      } else if (before === null) {
        entities.set(slug, { kind, revision: (gone.get(slug) ?? 0) + 1, state });
        raised.set(transaction, (raised.get(transaction) ?? new Set()).add(slug));
      } else {
        raise(transaction, slug);
        entities.set(slug, { kind, revision: entities.get(slug)?.revision ?? 0, state });
      }
      const revision = state === null ? gone.get(slug) : entities.get(slug)?.revision;
      demand(revision === change.revision, change, 'it has another revision');
    } else {
      const { relation, from, to } = change;
      const key = `${relation} ${from.slug} ${to.slug}`;
      demand(isThere(from) && isThere(to), change, 'it lacks an end');
      demand(same(edges.get(key), before), change, 'it was not so before');
      if (state === null) edges.delete(key);
      else edges.set(key, state);
      const { symmetric }: RelationDefinition = cooperation.relation(relation);
      for (const { slug } of symmetric ? [from, to] : [from]) raise(transaction, slug);
    }
  }
}

const text = (state: RecordState) =>
  JSON.stringify(state, (_, value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
      : value,
  );
