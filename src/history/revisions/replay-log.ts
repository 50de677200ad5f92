import { storedEntity, storedRelation } from '../../engine/changes/apply/stored-form.ts';
import type { Change, EntityChange, RecordState, RelationChange } from '../../engine/changes/change.ts';
import { ownersOf } from '../../engine/changes/check/relation-rules.ts';
import { getOrInsert } from '../../ontology/get-or-insert.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import { plainForm } from '../memory/columnar/columns.ts';
import type {
  GraphSnapshot,
  SnapshotDifference,
  SnapshotEntity,
  SnapshotForm,
  SnapshotRelation,
} from '../memory/graph-snapshot.ts';
import { keyOf } from '../memory/graph-snapshot.ts';
import { fittingEntity, fittingRelation } from './fitting-state.ts';
import { snapshotForm } from './read-base.ts';

/** When an entity was created and last changed, as far as the log knows. */
export interface Times {
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
}

/** Reads the times of entities as they were at a revision. */
export type ReadTimes = (slugs: readonly string[]) => Promise<ReadonlyMap<string, Times>>;

/** One transaction that changed an entity or its relations. */
interface Touch {
  readonly transaction: string;
  readonly at: string;
  /** The changes to the entity itself, in their order. */
  readonly changes: EntityChange[];
}

/** Without the zeros at the end of a fraction, as other instants are written. */
const instant = (at: string) => at.replace(/(\.\d*?)0+Z$/, '$1Z').replace('.Z', 'Z');

function touchesIn(ontology: Ontology, changes: readonly Change[]): Map<string, Touch[]> {
  const touches = new Map<string, Touch[]>();
  const touch = (slug: string, { transaction, at }: Change): Touch => {
    const known = getOrInsert(touches, slug, () => []);
    const last = known.at(-1);
    if (last?.transaction === transaction) return last;
    const made: Touch = { transaction, at: instant(at), changes: [] };
    known.push(made);
    return made;
  };
  for (const change of changes) {
    if (change.subject === 'ENTITY') touch(change.entity.slug, change).changes.push(change);
    else if (change.subject === 'RELATION') {
      const { relation: type, from, to } = change;
      for (const owner of ownersOf(ontology, { type, from: from.slug, to: to.slug })) touch(owner, change);
    }
  }
  return touches;
}

const revisionOf = (form: SnapshotForm | undefined) => Number(form?._revision ?? 1);

const entityOf = (
  ontology: Ontology,
  { entity: { kind, slug } }: EntityChange,
  state: RecordState,
  more: SnapshotForm,
): SnapshotEntity => ({
  kind,
  slug,
  form: {
    ...snapshotForm(storedEntity(ontology, kind, { ...fittingEntity(ontology, kind, state), id: slug })),
    ...more,
  },
});

const stamps = (revision: number, { createdAt, updatedAt }: Times): SnapshotForm => ({
  _revision: revision,
  ...(createdAt === null ? {} : { _createdAt: createdAt }),
  ...(updatedAt === null ? {} : { _updatedAt: updatedAt }),
});

const textOf = (value: unknown) => (typeof value === 'string' ? value : null);

/** The revision of an entity before its first touch. */
function earlierRevision(base: SnapshotEntity | undefined, touches: readonly Touch[]): number {
  for (const [index, { changes }] of touches.entries()) {
    const [first] = changes;
    if (first) return first.revision - index - 1;
  }
  return revisionOf(base?.form) - touches.length;
}

function laterEntity(base: GraphSnapshot, slug: string, touches: readonly Touch[]): SnapshotEntity | null {
  const before = base.entity(slug);
  const index = touches.findLastIndex(({ changes }) => changes.length > 0);
  const last = touches[index]?.changes.at(-1);
  const updatedAt = touches.at(-1)?.at ?? null;
  if (!last) {
    if (!before) return null;
    const { _createdAt } = before.form;
    const times = { createdAt: textOf(_createdAt), updatedAt };
    return {
      ...before,
      form: { ...plainForm(before.form), ...stamps(revisionOf(before.form) + touches.length, times) },
    };
  }
  if (last.after === null) return null;
  const created = touches.flatMap(({ changes }) => changes).findLast(({ action }) => action === 'CREATED');
  const createdAt = created ? instant(created.at) : textOf(before?.form._createdAt);
  const revision = last.revision + touches.length - 1 - index;
  return entityOf(base.ontology, last, last.after, stamps(revision, { createdAt, updatedAt }));
}

const relationOf = (
  ontology: Ontology,
  { relation: type, from, to }: RelationChange,
  state: RecordState | null,
): SnapshotRelation | null =>
  state && {
    type,
    from: from.slug,
    to: to.slug,
    form: snapshotForm(storedRelation(ontology, type, fittingRelation(ontology, type, state))),
  };

const keyOfChange = ({ relation: type, from, to }: RelationChange) => keyOf({ type, from: from.slug, to: to.slug });

const isOfRelation = (change: Change): change is RelationChange => change.subject === 'RELATION';

/** What turns a state into a later one, given the changes between them. */
export function redo(base: GraphSnapshot, changes: readonly Change[]): SnapshotDifference {
  const { ontology } = base;
  const entities = new Map<string, SnapshotEntity | null>();
  for (const [slug, touches] of touchesIn(ontology, changes)) entities.set(slug, laterEntity(base, slug, touches));
  const relations = new Map<string, SnapshotRelation | null>();
  for (const change of changes)
    if (isOfRelation(change)) relations.set(keyOfChange(change), relationOf(ontology, change, change.after));
  return { entities, relations };
}

/** What turns a state into an earlier one, given the changes between them. @throws whatever reading times throws */
export async function undo(
  base: GraphSnapshot,
  changes: readonly Change[],
  readTimes: ReadTimes,
): Promise<SnapshotDifference> {
  const { ontology } = base;
  const touched = touchesIn(ontology, changes);
  const firstOf = (touches: readonly Touch[]) => touches.find((touch) => touch.changes.length > 0)?.changes[0];
  const wereThere = [...touched].filter(([, touches]) => firstOf(touches)?.before !== null).map(([slug]) => slug);
  const times = await readTimes(wereThere);
  const entities = new Map<string, SnapshotEntity | null>();
  for (const [slug, touches] of touched) {
    const held = base.entity(slug);
    const first = firstOf(touches);
    const wasRemoved = touches.some((touch) => touch.changes.some(({ action }) => action === 'DELETED'));
    const known = times.get(slug);
    const createdAt = (wasRemoved ? null : textOf(held?.form._createdAt)) ?? known?.createdAt ?? null;
    const more = stamps(earlierRevision(held, touches), { createdAt, updatedAt: known?.updatedAt ?? createdAt });
    if (first) entities.set(slug, first.before && entityOf(ontology, first, first.before, more));
    else if (held) {
      const { _updatedAt: _, ...form } = plainForm(held.form);
      entities.set(slug, { ...held, form: { ...form, ...more } });
    }
  }
  const relations = new Map<string, SnapshotRelation | null>();
  for (const change of changes) {
    if (!isOfRelation(change) || relations.has(keyOfChange(change))) continue;
    relations.set(keyOfChange(change), relationOf(ontology, change, change.before));
  }
  return { entities, relations };
}
