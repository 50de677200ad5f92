import type { Pattern, PatternEntity, PatternRelation } from '../../engine/match/match-pattern.ts';
import { everything } from '../../engine/reads/filter.ts';
import { memoize } from '../../ontology/memoize.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { RelationType } from '../../ontology/vocabulary.ts';
import { parseEdgeFilter, parseFilter } from '../arguments/filter-input.ts';
import { parseOnce } from '../arguments/parse-once.ts';
import { usuallyWalked } from '../arguments/walk-arguments.ts';
import { badUserInput, limitExceeded } from '../errors.ts';
import { parseReference } from '../identifiers.ts';
import { limits } from '../limits.ts';
import { kindsOfEntities, quoted } from './match-kinds.ts';
import { type ReadShape, structureOf } from './match-structure.ts';
import type { EntityInput, PatternInput, RelationInput } from './pattern-input.ts';

const NAME = /^[A-Za-z][A-Za-z0-9_]{0,39}$/;

function checkSize({ entities }: PatternInput, relations: readonly RelationInput[]): void {
  if (entities.length === 0) throw badUserInput('The pattern has no entities. Add at least one.');
  if (entities.length > limits.patternEntities) {
    throw limitExceeded(
      `A pattern has at most ${limits.patternEntities} entities; this one has ${entities.length}. Split the query.`,
    );
  }
  if (relations.length > limits.patternRelations) {
    throw limitExceeded(
      `A pattern has at most ${limits.patternRelations} relations; this one has ${relations.length}. Split the query.`,
    );
  }
}

/** The shapes beside the match. @throws GraphQLError BAD_USER_INPUT */
function shapesOf({ anyOf, noneOf, values }: PatternInput): readonly Omit<ReadShape, 'relations'>[] {
  const shapes = [
    ...(anyOf ?? []).map((input) => ({ of: 'anyOf' as const, input, value: null })),
    ...(noneOf ?? []).map((input) => ({ of: 'noneOf' as const, input, value: null })),
    ...(values ?? []).flatMap((value) => (value.over ? [{ of: 'values' as const, input: value.over, value }] : [])),
  ];
  for (const { of, input } of shapes) {
    if (input.relations.length === 0 && !input.where?.length) {
      throw badUserInput(`A shape in \`${of}\` has no relations and no comparisons. Add one, or remove it.`);
    }
    if (input.relations.some(({ optional, negated }) => optional || negated)) {
      throw badUserInput(`A relation in \`${of}\` is optional or negated. Put it into \`relations\`.`);
    }
  }
  return shapes;
}

function checkForm(name: string, what: string): void {
  if (NAME.test(name)) return;
  throw badUserInput(
    `${quoted(name)} is not a valid name of ${what}. Use at most 40 letters, digits and \`_\`, beginning with a letter.`,
  );
}

function checkName(name: string, taken: ReadonlySet<string>, what: string): void {
  checkForm(name, what);
  if (taken.has(name)) throw badUserInput(`Two parts of the pattern are named ${quoted(name)}. Rename one.`);
}

/** @throws GraphQLError BAD_USER_INPUT on a name of a relation or value that is none, or is taken */
function checkNames(
  { values }: PatternInput,
  relations: readonly RelationInput[],
  positions: ReadonlyMap<string, number>,
) {
  const taken = new Set(positions.keys());
  for (const { as, optional, negated, minHops, maxHops, relation } of relations) {
    if (typeof as !== 'string') continue;
    checkName(as, taken, 'a relation');
    taken.add(as);
    if (optional || negated || minHops !== 1 || maxHops !== 1 || !relation) {
      throw badUserInput(
        `The relation ${quoted(as)} has a name, so it must be of one type and one hop, and neither optional nor negated.`,
      );
    }
  }
  for (const { as } of values ?? []) {
    checkName(as, taken, 'a value');
    taken.add(as);
  }
}

/** Positions of the entities by their names. */
function positionsOf(entities: readonly EntityInput[]): ReadonlyMap<string, number> {
  const positions = new Map<string, number>();
  for (const [position, { as }] of entities.entries()) {
    checkForm(as, 'an entity');
    if (positions.has(as)) throw badUserInput(`Two entities of the pattern are named ${quoted(as)}. Rename one.`);
    positions.set(as, position);
  }
  return positions;
}

function checkHops(ontology: Ontology, types: readonly RelationType[], { minHops, maxHops }: RelationInput): void {
  const [relation = ''] = types;
  if (minHops < 0 || maxHops < Math.max(minHops, 1)) {
    throw badUserInput(
      `${relation} has \`minHops\` ${minHops} and \`maxHops\` ${maxHops}. \`minHops\` must be at least 0 and at most \`maxHops\`, which must be at least 1.`,
    );
  }
  if (maxHops > limits.patternHops) {
    throw limitExceeded(`\`maxHops\` is at most ${limits.patternHops}; ${relation} has ${maxHops}.`);
  }
  if (types.length > 1) {
    if (minHops === 1 && maxHops === 1) return;
    throw badUserInput(
      'A relation of several types has one hop. Leave out `minHops` and `maxHops`, or name one type in `relation`.',
    );
  }
  const { from, to } = ontology.relation(relation);
  if (minHops === 0 && from !== to) {
    throw badUserInput(
      `${relation} connects two different kinds, so no entity stands at both ends after 0 hops. Set \`minHops\` to 1.`,
    );
  }
  if (maxHops > 1 && from !== to) {
    throw badUserInput(
      `${relation} connects two different kinds, so ${maxHops} cannot follow one another. Leave out \`maxHops\`, or name the entities in between.`,
    );
  }
}

/**
 * The types that a relation of a pattern may be of: those named, or all that traversals follow.
 * @throws GraphQLError BAD_USER_INPUT
 */
function typesOf(ontology: Ontology, { relation, relations, from, to, edge }: RelationInput): readonly RelationType[] {
  if (relation && relations) {
    throw badUserInput(
      `The relation from ${quoted(from)} to ${quoted(to)} has both \`relation\` and \`relations\`. Name its types in one of them.`,
    );
  }
  if (relations?.length === 0) {
    throw badUserInput(
      `The relation from ${quoted(from)} to ${quoted(to)} has no type: \`relations\` is empty. Leave it out to allow any type.`,
    );
  }
  const types = relation ? [relation] : [...new Set(relations ?? usuallyWalked(ontology))];
  if (types.length > 1 && edge) {
    throw badUserInput(
      `\`edge\` of the relation from ${quoted(from)} to ${quoted(to)} needs one type. Name it in \`relation\`.`,
    );
  }
  return types;
}

function parseRelation(
  ontology: Ontology,
  input: RelationInput,
  positions: ReadonlyMap<string, number>,
): PatternRelation {
  const { from, to, minHops, maxHops } = input;
  const types = typesOf(ontology, input);
  const relation = types.length === 1 ? String(types[0]) : 'The relation';
  const position = (name: string) => {
    const found = positions.get(name);
    if (found !== undefined) return found;
    const names = [...positions.keys()].map(quoted).join(', ');
    throw badUserInput(
      `${relation} names the entity ${quoted(name)}, which is not in the pattern. Its entities are ${names}.`,
    );
  };
  if (from === to) {
    throw badUserInput(`${relation} leads from ${quoted(from)} to itself. Name a different entity for each end.`);
  }
  if (input.optional && input.negated) {
    throw badUserInput(
      `${relation} from ${quoted(from)} to ${quoted(to)} is both optional and negated. Remove one of the two.`,
    );
  }
  checkHops(ontology, types, input);
  const isSymmetric = (type: RelationType) => ontology.relation(type).symmetric === true;
  // One of any type leads either way, as do several if one of them has no direction.
  const isBoth = types.some(isSymmetric) || (!input.relation && !input.relations);
  return {
    types,
    reading: isBoth ? 'BOTH' : 'FORWARD',
    from: position(from),
    to: position(to),
    minHops,
    maxHops,
    edge: types.length === 1 ? parseEdgeFilter(ontology, relation, input.edge) : everything,
    name: input.as ?? null,
  };
}

function parseEntity(
  ontology: Ontology,
  { as, id, ids, filter }: EntityInput,
  kind: PatternEntity['kind'],
): PatternEntity {
  const given = [...(typeof id === 'string' ? [id] : []), ...(ids ?? [])];
  if (given.length > limits.pageSize) {
    throw limitExceeded(`\`ids\` takes at most ${limits.pageSize} ids; ${quoted(as)} has ${given.length}.`);
  }
  const [name, conditions] = Object.entries(filter ?? {})[0] ?? [];
  return {
    name: as,
    kind,
    slugs: typeof id === 'string' || ids ? [...new Set(given.map((one) => parseReference(ontology, one, kind)))] : null,
    filter: parseFilter(ontology, name === 'entity' ? 'Entity' : kind, conditions),
  };
}

/**
 * Reads a pattern and checks it against the ontology.
 * @throws GraphQLError BAD_USER_INPUT if the pattern cannot match anything or is not connected, LIMIT_EXCEEDED if it is too large
 */
export const parsePattern = (ontology: Ontology, input: PatternInput, distinct: boolean): Pattern =>
  patternOf(ontology)(distinct, input);

const patternOf = memoize((ontology: Ontology) =>
  parseOnce((distinct: boolean, input: PatternInput): Pattern => {
    const shapes = shapesOf(input);
    const all = [...input.relations, ...shapes.flatMap(({ input: shape }) => shape.relations)];
    checkSize(input, all);
    const positions = positionsOf(input.entities);
    checkNames(input, all, positions);
    const parsed = (relation: RelationInput) => parseRelation(ontology, relation, positions);
    const relations = input.relations.map((relation) => ({
      relation: parsed(relation),
      optional: relation.optional,
      negated: relation.negated,
    }));
    const readShapes = shapes.map((shape) => ({ ...shape, relations: shape.input.relations.map(parsed) }));
    const kinds = kindsOfEntities(ontology, input.entities, [
      ...relations.map(({ relation }) => relation),
      ...readShapes.flatMap((shape) => shape.relations),
    ]);
    const entities = input.entities.map((entity, position) =>
      parseEntity(ontology, entity, kinds[position] ?? 'Entity'),
    );
    return structureOf(input, { ontology, entities, relations, shapes: readShapes, distinct });
  }),
);
