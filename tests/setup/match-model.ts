import { type Kind, kindNames, kinds } from '../../src/cooperation/kinds.ts';
import { cooperation } from '../../src/cooperation/ontology.ts';
import { type RelationType, relations } from '../../src/cooperation/relations.ts';
import { fits, relatedIn } from './model.ts';
import { type SeedRecord, seeds } from './seeds.ts';

const { relationFieldsOf } = cooperation;

type Input = Readonly<Record<string, unknown>>;

export interface ModelEntity {
  readonly as: string;
  readonly kind: Kind;
  readonly ids?: readonly string[];
  readonly filter?: Input;
}

export interface ModelRelation {
  readonly from: string;
  readonly to: string;
  readonly relation: RelationType;
  readonly maxHops?: number;
  readonly optional?: boolean;
  readonly negated?: boolean;
}

export interface ModelPattern {
  readonly entities: readonly ModelEntity[];
  readonly relations: readonly ModelRelation[];
  readonly distinct: boolean;
}

type Assignment = Readonly<Record<string, SeedRecord | null>>;

const forwardField = (relation: RelationType, kind: Kind) => {
  const field = relationFieldsOf(kind).get(relations[relation].forward);
  if (!field) throw new Error(`${kind} has no ${relation}.`);
  return field;
};

/** What a trail of the relation reaches: no relation is used twice in it. */
function reached(record: SeedRecord, relation: RelationType, kind: Kind, maxHops: number): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (at: SeedRecord, used: ReadonlySet<string>, hops: number) => {
    if (hops === maxHops) return;
    for (const { far } of relatedIn(at, forwardField(relation, kind))) {
      const symmetric = 'symmetric' in relations[relation];
      const edge = symmetric ? [at.id, far.id].sort().join(' ') : `${at.id} ${far.id}`;
      if (used.has(edge)) continue;
      found.add(far.id);
      walk(far, new Set([...used, edge]), hops + 1);
    }
  };
  walk(record, new Set(), 0);
  return found;
}

/** Every assignment of records to the names of a pattern, by trying all of them: the plain meaning of `match`. */
export function matchesInSeeds({ entities, relations: wanted, distinct }: ModelPattern): readonly Assignment[] {
  const kindOf = new Map(entities.map(({ as, kind }) => [as, kind]));
  const candidates = new Map(
    entities.map(({ as, kind, ids, filter }) => [
      as,
      seeds.entities[kind].filter((record) => (!ids || ids.includes(record.id)) && (!filter || fits(record, filter))),
    ]),
  );
  const cache = new Map<string, ReadonlySet<string>>();
  const holds = ({ from, to, relation, maxHops = 1 }: ModelRelation, assignment: Assignment) => {
    const [start, end] = [assignment[from], assignment[to]];
    if (!start || !end) return false;
    const key = `${relation} ${maxHops} ${start.id}`;
    const targets = cache.get(key) ?? reached(start, relation, kindOf.get(from) as Kind, maxHops);
    cache.set(key, targets);
    return targets.has(end.id);
  };

  /** Extends an assignment by the names that relations bring in, in every way that they allow. */
  const extend = (assignment: Assignment, names: readonly string[], relations: readonly ModelRelation[]) => {
    let found: readonly Assignment[] = [assignment];
    const bound = new Set(Object.keys(assignment));
    for (const name of names) {
      bound.add(name);
      const checked = relations.filter(({ from, to }) => bound.has(from) && bound.has(to) && [from, to].includes(name));
      found = found.flatMap((one) =>
        (candidates.get(name) ?? [])
          .filter((record) => !distinct || Object.values(one).every((other) => other?.id !== record.id))
          .map((record) => ({ ...one, [name]: record }))
          .filter((next) => checked.every((relation) => holds(relation, next))),
      );
    }
    return found.filter((one) => relations.every((relation) => holds(relation, one)));
  };

  const plain = wanted.filter(({ optional, negated }) => !optional && !negated);
  const [first] = entities;
  const required = [...new Set([first?.as ?? '', ...plain.flatMap(({ from, to }) => [from, to])])];
  const parts = (mark: 'optional' | 'negated') => {
    const open = wanted.filter((relation) => relation[mark]);
    const groups: { names: string[]; relations: ModelRelation[] }[] = [];
    for (const relation of open) {
      const names = [relation.from, relation.to].filter((name) => !required.includes(name));
      const joined = groups.filter((group) => group.names.some((name) => names.includes(name)));
      for (const group of joined) groups.splice(groups.indexOf(group), 1);
      groups.push({
        names: [...new Set([...joined.flatMap((group) => group.names), ...names])],
        relations: [...joined.flatMap((group) => group.relations), relation],
      });
    }
    return groups;
  };
  let found = extend({}, required, plain).filter((assignment) =>
    parts('negated').every(({ names, relations }) => extend(assignment, names, relations).length === 0),
  );
  for (const { names, relations } of parts('optional')) {
    found = found.flatMap((assignment) => {
      const there = Object.fromEntries(required.map((name) => [name, assignment[name] ?? null]));
      const more = extend(there, names, relations);
      const absent = Object.fromEntries(names.map((name) => [name, null]));
      return more.length === 0 ? [{ ...assignment, ...absent }] : more.map((one) => ({ ...assignment, ...one }));
    });
  }
  return found;
}

/** The pattern as a client writes it. */
export const patternInput = ({ entities, relations }: ModelPattern) => ({
  entities: entities.map(({ as, kind, ids, filter }) => ({
    as,
    kind: kind.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase(),
    ...(ids ? { ids } : {}),
    ...(filter ? { filter: { [kinds[kind].singular]: filter } } : {}),
  })),
  relations,
});

/** The relations that lead from a kind, or to it, between kinds other than sources. */
export const relationsAt = (kind: Kind) =>
  (Object.keys(relations) as RelationType[]).flatMap((relation) => {
    const { from, to } = relations[relation] as { readonly from: string; readonly to: string };
    const ends: { relation: RelationType; end: 'from' | 'to'; other: Kind }[] = [];
    const isKind = (name: string): name is Kind => (kindNames as readonly string[]).includes(name);
    if (from === kind && isKind(to)) ends.push({ relation, end: 'from', other: to });
    if (to === kind && isKind(from)) ends.push({ relation, end: 'to', other: from });
    return ends;
  });

/** Asks for the entities of each row by `$pattern`. */
export const matchQuestion = `query ($pattern: MatchPattern!, $distinct: Boolean! = true, $show: [String!], $orderBy: [MatchOrder!], $first: Int = 100, $after: String) {
  match(pattern: $pattern, distinct: $distinct, show: $show, orderBy: $orderBy, first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage hasPreviousPage endCursor }
    nodes { entities { as entity { slug name } } }
  }
}`;
