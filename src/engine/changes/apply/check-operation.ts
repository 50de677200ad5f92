import type { Ontology } from '../../../ontology/ontology.ts';
import type { RelationType } from '../../../ontology/vocabulary.ts';
import type { OperationFault } from '../answer.ts';
import type { EntityName, RecordState } from '../change.ts';
import { checkProperties, type FieldFault } from '../check/check-properties.ts';
import { checkMilestoneSources, checkSlug, milestoneSources } from '../check/check-references.ts';
import { quoted } from '../check/quoted.ts';
import { isSymmetric, isToOne, wayBack } from '../check/relation-rules.ts';
import type { Operation } from '../operation.ts';
import type { RecordFields } from '../record-fields.ts';
import { isSameState } from './record-state.ts';
import type { WorkingEntity, WorkingGraph, WorkingRelation } from './working-graph.ts';

/** An error in the operation being executed. */
export type Fault = Omit<OperationFault, 'operation'>;

/** The errors of an entity with the future state `state`. Of its milestones, only new ones are checked. */
export function checkEntity(
  graph: WorkingGraph,
  { kind, slug }: EntityName,
  state: RecordState,
  given: RecordFields,
): readonly Fault[] {
  const { ontology } = graph;
  return [
    ...checkSlug(ontology, 'slug', kind, slug, state).map((fault) => faultIn([], fault)),
    ...[
      ...checkProperties(ontology, ontology.propertiesOf(kind), state),
      ...checkMilestoneSources(ontology, given, (source) => graph.entity(source)?.kind),
    ].map((fault) => faultIn(['properties'], fault)),
  ];
}

export function checkRevision(entity: WorkingEntity | undefined, expected: number | undefined): readonly Fault[] {
  if (!entity || expected === undefined || entity.revision === expected) return [];
  const { revision } = entity;
  const message = `${nameOf(entity)} is at revision ${revision}, not ${expected}. Read it again, and repeat the change on its current state.`;
  return [{ ...conflict(['expectedRevision'], message), currentRevision: revision }];
}

/** Whether a record is as an operation expects it. */
export function checkState(graph: WorkingGraph, operation: Operation): readonly Fault[] {
  const { expectedState: expected } = operation;
  if (expected === undefined) return [];
  if ('relation' in operation) {
    const { relation, from, to } = operation;
    if (isSameState(graph.relation(relation, from, to)?.state ?? null, expected)) return [];
    return [outdated(`The relation ${relation} from ${quoted(from)} to ${quoted(to)}`)];
  }
  const there = graph.entity(operation.slug);
  const isThere = there?.kind === operation.kind;
  if (!isSameState(isThere ? there.state : null, expected) || (there && !isThere)) return [outdated(nameOf(operation))];
  if (operation.action !== 'DELETE') return [];
  const left = graph.relationsAt(operation.slug);
  if (left.length === 0) return [];
  const names = left.map(({ type, from, to }) => `${type} ${from.slug} → ${to.slug}`);
  const message = `${nameOf(operation)} cannot be deleted, because later relations rest on it: ${few(names)}. Unlink them first.`;
  return [conflict([], message)];
}

const outdated = (what: string): Fault =>
  conflict([], `${what} is no longer as it was left: a later change rests on it. Revert that one first.`);

/** Whether a relation leads to an entity from another one; a symmetric one does so in both directions. */
export const leadsTo = (ontology: Ontology, { type, from, to }: WorkingRelation, slug: string) =>
  isSymmetric(ontology, type) || (to.slug === slug && from.slug !== slug);

const NAMED = 3;

export function stillLedTo(entity: EntityName, leading: readonly WorkingRelation[]): Fault {
  const types = [...new Set(leading.map(({ type }) => type))];
  const counts = types.map((type) => {
    const others = leading
      .filter((relation) => relation.type === type)
      .map(({ from, to }) => (from.slug === entity.slug ? to.slug : from.slug));
    return `${others.length} ${type} (${few(others)})`;
  });
  const message = `${nameOf(entity)} cannot be deleted, because relations of other entities lead to it: ${counts.join(', ')}. Unlink them first, or set \`detach\` to remove them too.`;
  return conflict([], message);
}

/** Why a source cannot be removed: relations and milestones that rest on it would then rest on nothing. */
export function stillRestedOn(graph: WorkingGraph, entity: EntityName): readonly Fault[] {
  const { ontology } = graph;
  const { kind, slug } = entity;
  if (kind !== ontology.provenance?.kind) return [];
  const resting = graph
    .relations()
    .filter(({ state }) => (state?.sources as readonly string[] | undefined)?.includes(slug));
  const stated = graph
    .entities()
    .filter(({ state }) => milestoneSources(ontology, state ?? {}).some(({ source }) => source === slug));
  const relationsNamed = resting.map(({ type, from, to }) => `${type} ${from.slug} → ${to.slug}`);
  return [
    ...(resting.length === 0
      ? []
      : [
          `${resting.length} ${resting.length === 1 ? 'relation rests' : 'relations rest'} on it (${few(relationsNamed)})`,
        ]),
    ...(stated.length === 0
      ? []
      : [
          `milestones of ${stated.length} ${stated.length === 1 ? 'entity' : 'entities'} cite it (${few(stated.map(nameOf))})`,
        ]),
  ].map((use) =>
    conflict(
      [],
      `${nameOf(entity)} cannot be deleted, even with \`detach\`, because ${use}. Give them another source first.`,
    ),
  );
}

const few = (names: readonly string[]) =>
  names.length > NAMED ? `${names.slice(0, NAMED).join(', ')} and ${names.length - NAMED} more` : names.join(', ');

export function checkOnlyTarget(graph: WorkingGraph, type: RelationType, from: string): readonly Fault[] {
  const target =
    isToOne(graph.ontology, type) &&
    graph.relationsAt(from).find((other) => other.type === type && other.from.slug === from);
  if (!target) return [];
  const message = `${quoted(from)} can have only one ${type}, and already has one to ${quoted(target.to.slug)}. Unlink that first.`;
  return [conflict(['to'], message)];
}

export function checkCircle(graph: WorkingGraph, type: RelationType, from: string, to: string): readonly Fault[] {
  if (!graph.ontology.isAcyclic(type)) return [];
  const targetsOf = (slug: string) =>
    graph
      .relationsAt(slug)
      .filter((other) => other.type === type && other.from.slug === slug)
      .map((other) => other.to.slug);
  const back = wayBack(from, to, targetsOf);
  if (!back) return [];
  const message = `${type} must not form a cycle: ${back.map(quoted).join(' → ')} are already linked. Unlink one of them first.`;
  return [conflict(['to'], message)];
}

export const nameOf = ({ kind, slug }: EntityName) => `${kind} ${quoted(slug)}`;

export const wrong = (path: Fault['path'], message: string): Fault => ({ path, code: 'BAD_USER_INPUT', message });

export const conflict = (path: Fault['path'], message: string): Fault => ({ path, code: 'CONFLICT', message });

const place = /^(\w+)\[(\d+)\](?:\.(\w+))?$/;

/** An error in a field, such as `milestones[2].source`, as an error of the operation. */
export function faultIn(path: readonly string[], { field, expected, found }: FieldFault): Fault {
  const message = `${field === undefined ? '' : `${field}: `}expected ${expected}, found ${found}.`;
  if (field === undefined) return wrong(path, message);
  const [, list, index, inner] = place.exec(field) ?? [];
  if (list === undefined) return wrong([...path, field], message);
  return wrong([...path, list, Number(index), ...(inner === undefined ? [] : [inner])], message);
}
