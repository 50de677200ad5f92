import type { Kind, RelationType } from '../../../ontology/vocabulary.ts';
import { counted } from '../english.ts';
import type { SlugOrigin } from './adopted-record.ts';

/** What an adoption will do to the nodes of one kind, in numbers of nodes. */
export interface KindPlan {
  readonly kind: Kind;
  nodes: number;
  /** Nodes that are no entities yet, and entities whose added properties are out of date. */
  toAdopt: number;
  toUpdate: number;
  /** Where the slugs of those to adopt come from, and how many had to be numbered. */
  readonly slugs: Map<SlugOrigin, number>;
  numbered: number;
  /** Nodes whose name is copied, by the property that it comes from. */
  readonly names: Map<string, number>;
  /** Properties that the ontology does not know. */
  readonly unknown: Map<string, number>;
}

export interface RelationPlan {
  readonly type: RelationType;
  relations: number;
  toUpdate: number;
  readonly unknown: Map<string, number>;
}

/** What the ontology does not know, so that it is left alone. */
export interface LeftAlone {
  /** Labels of nodes without a kind, with the number of these nodes. */
  readonly labels: ReadonlyMap<string, number>;
  readonly unlabelled: number;
  readonly types: ReadonlyMap<string, number>;
}

export interface AdoptionPlan {
  readonly kinds: readonly KindPlan[];
  readonly relations: readonly RelationPlan[];
  readonly leftAlone: LeftAlone;
}

export const emptyKindPlan = (kind: Kind): KindPlan => ({
  kind,
  nodes: 0,
  toAdopt: 0,
  toUpdate: 0,
  slugs: new Map(),
  numbered: 0,
  names: new Map(),
  unknown: new Map(),
});

/** Adds one to what is counted under a name. */
export const countUp = <Name>(counts: Map<Name, number>, name: Name): void =>
  void counts.set(name, (counts.get(name) ?? 0) + 1);

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** Number of nodes and relationships that will be written. */
export const writesOf = ({
  kinds,
  relations,
}: AdoptionPlan): { readonly nodes: number; readonly relations: number } => ({
  nodes: sum(kinds.map(({ toAdopt, toUpdate }) => toAdopt + toUpdate)),
  relations: sum(relations.map(({ toUpdate }) => toUpdate)),
});

const number = (value: number) => value.toLocaleString('en');

const listed = (counts: ReadonlyMap<string, number>) =>
  [...counts].map(([name, count]) => `${name} (${number(count)})`).join(', ');

const origins: Readonly<Record<SlugOrigin, string>> = {
  given: 'taken from `id`',
  property: 'taken from the property that the ontology says',
  name: 'made from the name',
};

function describeKind(plan: KindPlan): readonly string[] {
  const { kind, nodes, toAdopt, toUpdate, slugs, numbered, names } = plan;
  const done = nodes - toAdopt - toUpdate;
  const parts = [
    ...(toAdopt > 0 ? [`${number(toAdopt)} to adopt`] : []),
    ...(toUpdate > 0 ? [`${number(toUpdate)} to update`] : []),
    ...(done > 0 ? [`${number(done)} up to date`] : []),
  ];
  return [
    `${kind}: ${counted(nodes, 'node')}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}.`,
    ...[...names].map(([property, count]) => `  \`name\` copied from \`${property}\` in ${counted(count, 'node')}.`),
    ...[...slugs].map(([origin, count]) => `  ${counted(count, 'slug')} ${origins[origin]}.`),
    ...(numbered > 0
      ? [
          `  ${number(numbered)} of these get a number (-2, -3, …), because others have the same name; in Neo4j's order.`,
        ]
      : []),
  ];
}

function describeUnknown({ kinds, relations }: AdoptionPlan): readonly string[] {
  const all = [
    ...kinds.map(({ kind, unknown }) => ({ owner: kind, unknown })),
    ...relations.map(({ type, unknown }) => ({ owner: type, unknown })),
  ];
  const some = all.filter(({ unknown }) => unknown.size > 0);
  if (some.length === 0) return [];
  return [
    'Properties that the ontology does not know stay as they are:',
    ...some.map(({ owner, unknown }) => `  ${owner}: ${listed(unknown)}`),
  ];
}

function describeLeftAlone({ labels, unlabelled, types }: LeftAlone): readonly string[] {
  return [
    ...(labels.size > 0 ? [`Left alone, because the ontology has no such kind: ${listed(labels)}.`] : []),
    ...(unlabelled > 0 ? [`Left alone: ${counted(unlabelled, 'node')} without a label.`] : []),
    ...(types.size > 0
      ? [
          `Left alone, because the ontology has no such relation: ${listed(types)}. Entities cannot be deleted while they have one.`,
        ]
      : []),
  ];
}

/** An adoption in sentences. */
export function describePlan(plan: AdoptionPlan): readonly string[] {
  const { nodes, relations } = writesOf(plan);
  return [
    ...plan.kinds.filter((kind) => kind.nodes > 0).flatMap(describeKind),
    ...plan.relations
      .filter(({ relations: count }) => count > 0)
      .map(
        ({ type, relations: count, toUpdate }) =>
          `${type}: ${counted(count, 'relation')}${toUpdate > 0 ? `: ${number(toUpdate)} to update` : ''}.`,
      ),
    ...describeUnknown(plan),
    ...describeLeftAlone(plan.leftAlone),
    nodes + relations === 0
      ? 'Nothing to write.'
      : `To write: ${counted(nodes, 'node')} (label Entity, id, name where it is copied, and properties that begin with _) and ${counted(relations, 'relation')} (folded texts).`,
  ];
}
