import { cooperation } from '../../../src/cooperation/ontology.ts';
import type { Outcome } from '../../../src/engine/changes/answer.ts';
import type { RecordState } from '../../../src/engine/changes/change.ts';
import { checkProperties, isSlug } from '../../../src/engine/changes/check/check-properties.ts';
import type { Operation } from '../../../src/engine/changes/operation.ts';
import type { Kind, RelationDefinition, RelationType } from '../../../src/ontology/vocabulary.ts';
import type { Snapshot } from './replay.ts';

const { edgePropertiesOf, kindsAt, propertiesOf } = cooperation;

interface Entity {
  kind: Kind;
  revision: number;
  state: Record<string, unknown>;
}

interface Relation {
  type: RelationType;
  from: string;
  to: string;
  state: Record<string, unknown>;
}

class Refused extends Error {}

const demand = (holds: boolean) => {
  if (!holds) throw new Refused();
};

const definitionOf = (type: RelationType): RelationDefinition => cooperation.relation(type);

const isSame = (left: unknown, right: unknown): boolean => {
  if (typeof left !== 'object' || typeof right !== 'object' || !left || !right) return Object.is(left, right);
  const [names, others] = [Object.keys(left), Object.keys(right)];
  return (
    names.length === others.length &&
    names.every((name) => Object.hasOwn(right, name) && isSame(Reflect.get(left, name), Reflect.get(right, name)))
  );
};

const hadDates = (state: Record<string, unknown> = {}) =>
  ((state.milestones ?? []) as { date?: string }[]).some(({ date }) => date !== undefined);

/** The rules of a change once more, in the plainest way: whole copies, and a look at everything for each rule. */
export function plainModel() {
  let entities = new Map<string, Entity>();
  let edges: Relation[] = [];
  // The last revisions of deleted entities that existed after some request.
  const gone = new Map<string, number>();

  /** What a request comes to; `null` where it must be refused, and then nothing has changed. */
  function apply(operations: readonly Operation[]): { outcome: Outcome; revision: number | null }[] | null {
    const before = { entities: structuredClone(entities), edges: structuredClone(edges) };
    // A relation that is unlinked and linked again as it was is another one.
    const held = new Map(edges.map((edge) => [edge, structuredClone(edge.state)]));
    const revisionOf = (slug: string) => before.entities.get(slug)?.revision ?? 1;
    // An entity that is created anew under its slug is another one, of a later revision.
    const firstOf = (slug: string) => 1 + (before.entities.has(slug) ? revisionOf(slug) + 1 : (gone.get(slug) ?? 0));
    const created = new Set<string>();
    try {
      const done = operations.map((operation) => {
        const subject = 'relation' in operation ? operation.from : operation.slug;
        if ('expectedRevision' in operation && operation.expectedRevision !== undefined) {
          demand(entities.has(subject));
          demand(operation.expectedRevision === (created.has(subject) ? firstOf(subject) : revisionOf(subject)));
        }
        return { subject, outcome: one(operation, created) };
      });
      raise(before.entities, held, created, firstOf);
      for (const [slug, { revision }] of before.entities)
        if (!entities.has(slug) || created.has(slug)) gone.set(slug, revision + 1);
      return done.map(({ subject, outcome }) => ({ outcome, revision: entities.get(subject)?.revision ?? null }));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      ({ entities, edges } = before);
      return null;
    }
  }

  function raise(
    earlier: ReadonlyMap<string, Entity>,
    held: ReadonlyMap<Relation, unknown>,
    created: ReadonlySet<string>,
    firstOf: (slug: string) => number,
  ) {
    const moved = [
      ...edges.filter((edge) => !isSame(held.get(edge), edge.state)),
      ...[...held.keys()].filter((edge) => !edges.includes(edge)),
    ];
    const touched = new Set(
      moved.flatMap(({ type, from, to }) => (definitionOf(type).symmetric ? [from, to] : [from])),
    );
    for (const [slug, entity] of entities) {
      const was = earlier.get(slug);
      if (!was || created.has(slug)) entity.revision = firstOf(slug);
      else if (touched.has(slug) || !isSame(was.state, entity.state)) entity.revision = was.revision + 1;
    }
  }

  function one(operation: Operation, created: Set<string>): Outcome {
    switch (operation.action) {
      case 'CREATE':
      case 'UPDATE':
      case 'UPSERT': {
        const { action, kind, slug, sources = [] } = operation;
        const there = entities.get(slug);
        demand(
          action === 'CREATE' ? !there : action === 'UPDATE' ? there?.kind === kind : !there || there.kind === kind,
        );
        const kept = action === 'UPDATE' ? there?.state : {};
        const state = cleaned({ ...kept, ...operation.properties });
        const steps = (state.milestones ?? []) as { date?: string }[];
        const [earliest] = steps.flatMap(({ date }) => date ?? []).sort();
        const given = operation.properties.firstMilestoneDate;
        if (earliest !== undefined) state.firstMilestoneDate = given ?? earliest;
        else if (hadDates(kept) && given === undefined) delete state.firstMilestoneDate;
        demand(isSlug(slug) && checkProperties(cooperation, propertiesOf(kind), state).length === 0);
        if (kind === 'Country') demand(String(state.code).toLowerCase() === slug);
        if (!there) created.add(slug);
        entities.set(slug, { kind, revision: there?.revision ?? 1, state });
        for (const { source } of (state.milestones ?? []) as { source?: string }[])
          if (source !== undefined) demand(entities.get(source)?.kind === 'Source');
        demand(kind !== 'Source' || sources.length === 0);
        let cited = false;
        for (const source of sources) {
          demand(entities.get(source)?.kind === 'Source');
          if (edges.some(({ type, from, to }) => type === 'CITES' && from === slug && to === source)) continue;
          edges.push({ type: 'CITES', from: slug, to: source, state: { properties: { supports: ['RECORD'] } } });
          cited = true;
        }
        if (!there) return 'CREATED';
        return cited || !isSame(there.state, state) ? 'UPDATED' : 'UNCHANGED';
      }
      case 'DELETE': {
        const { kind, slug, detach } = operation;
        demand(entities.get(slug)?.kind === kind);
        const leading = edges.filter(
          ({ type, from, to }) => to === slug || (from === slug && definitionOf(type).symmetric),
        );
        demand(detach === true || leading.length === 0);
        if (kind === 'Source') {
          demand(!edges.some(({ state }) => (state.sources as string[] | undefined)?.includes(slug)));
          const naming = [...entities.values()].some(({ state }) =>
            ((state.milestones ?? []) as { source?: string }[]).some(({ source }) => source === slug),
          );
          demand(!naming);
        }
        edges = edges.filter(({ from, to }) => from !== slug && to !== slug);
        entities.delete(slug);
        created.delete(slug);
        return 'DELETED';
      }
      case 'LINK': {
        const { relation: type, from, to, sources = [] } = operation;
        const { symmetric, toOne, from: fromKind, to: toKind } = definitionOf(type);
        const [start, end] = [entities.get(from), entities.get(to)];
        demand(start !== undefined && kindsAt(type, 'from').includes(start.kind));
        demand(end !== undefined && kindsAt(type, 'to').includes(end.kind) && from !== to);
        const properties = cleaned(operation.properties);
        demand(checkProperties(cooperation, edgePropertiesOf(type), properties).length === 0);
        demand(sources.every((source) => entities.get(source)?.kind === 'Source'));
        const state = {
          ...(Object.keys(properties).length > 0 ? { properties } : {}),
          ...(sources.length > 0 ? { sources: [...sources] } : {}),
        };
        const there = between(type, from, to);
        if (there) {
          const same = isSame(there.state, state);
          there.state = state;
          return same ? 'UNCHANGED' : 'UPDATED';
        }
        if (toOne) demand(!edges.some((edge) => edge.type === type && edge.from === from));
        if (fromKind === toKind && !symmetric) demand(!reaches(type, to, from));
        edges.push({ type, from, to, state });
        return 'CREATED';
      }
      case 'UNLINK': {
        const there = between(operation.relation, operation.from, operation.to);
        demand(there !== undefined);
        edges = edges.filter((edge) => edge !== there);
        return 'DELETED';
      }
    }
  }

  const between = (type: RelationType, from: string, to: string) =>
    edges.find(
      (edge) =>
        edge.type === type &&
        ((edge.from === from && edge.to === to) ||
          (definitionOf(type).symmetric === true && edge.from === to && edge.to === from)),
    );

  const reaches = (type: RelationType, from: string, to: string): boolean =>
    from === to || edges.some((edge) => edge.type === type && edge.from === from && reaches(type, edge.to, to));

  return {
    apply,
    snapshot: (): Snapshot => ({
      entities: Object.fromEntries(entities),
      relations: Object.fromEntries(
        edges.map(({ type, from, to, state }) => [`${type} ${from} ${to}`, state as RecordState]),
      ),
    }),
  };
}

/** Without what takes a value away. */
const cleaned = (properties: Record<string, unknown> | RecordState) =>
  Object.fromEntries(
    Object.entries(properties).filter(
      ([, value]) => value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0),
    ),
  );
