import type { Pattern, PatternEntity, PatternRelation } from '../../graph/match/match-pattern.ts';
import { everything } from '../../graph/reads/filter.ts';
import { oncePer } from '../../ontology/once-per.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { RelationType } from '../../ontology/vocabulary.ts';
import { parseEdgeFilter, parseFilter } from '../arguments/filter-input.ts';
import { parseOnce } from '../arguments/parse-once.ts';
import { usuallyWalked } from '../arguments/walk-arguments.ts';
import { badUserInput, limitExceeded } from '../errors.ts';
import { parseReference } from '../identifiers.ts';
import { limits } from '../limits.ts';
import { comparedIn } from './match-comparisons.ts';
import { kindsOfEntities, quoted } from './match-kinds.ts';
import { partsOf } from './match-parts.ts';
import type { EntityInput, PatternInput, RelationInput } from './pattern-input.ts';

const NAME = /^[A-Za-z][A-Za-z0-9_]{0,39}$/;

function checkSize({ entities, relations: own, anyOf, noneOf }: PatternInput): void {
  const relations = [...own, ...[...(anyOf ?? []), ...(noneOf ?? [])].flatMap((shape) => shape.relations)];
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

/**
 * The relations of each shape of a list.
 * @throws GraphQLError BAD_USER_INPUT
 */
function shapesOf(name: 'anyOf' | 'noneOf', input: PatternInput): readonly (readonly RelationInput[])[] {
  const shapes = input[name] ?? [];
  for (const { relations } of shapes) {
    if (relations.length === 0) throw badUserInput(`A shape in \`${name}\` has no relations. Add one, or remove it.`);
    if (relations.some(({ optional, negated }) => optional || negated)) {
      throw badUserInput(`A relation in \`${name}\` is optional or negated. Put it into \`relations\`.`);
    }
  }
  return shapes.map(({ relations }) => relations);
}

/** Positions of the entities by their names. */
function positionsOf(entities: readonly EntityInput[]): ReadonlyMap<string, number> {
  const positions = new Map<string, number>();
  for (const [position, { as }] of entities.entries()) {
    if (!NAME.test(as)) {
      throw badUserInput(
        `${quoted(as)} is not a valid name of an entity. Use at most 40 letters, digits and \`_\`, beginning with a letter.`,
      );
    }
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

const patternOf = oncePer((ontology: Ontology) =>
  parseOnce((distinct: boolean, input: PatternInput): Pattern => {
    checkSize(input);
    const positions = positionsOf(input.entities);
    const parsed = (relation: RelationInput) => ({
      relation: parseRelation(ontology, relation, positions),
      optional: relation.optional,
      negated: relation.negated,
      alternative: null,
    });
    const relations = [
      ...input.relations.map(parsed),
      ...shapesOf('anyOf', input).flatMap((shape, alternative) =>
        shape.map((relation) => ({ ...parsed(relation), alternative })),
      ),
      ...shapesOf('noneOf', input).flatMap((shape) =>
        shape.map((relation) => ({ ...parsed(relation), negated: true })),
      ),
    ];
    const kinds = kindsOfEntities(
      ontology,
      input.entities,
      relations.map(({ relation }) => relation),
    );
    const entities = input.entities.map((entity, position) =>
      parseEntity(ontology, entity, kinds[position] ?? 'Entity'),
    );
    const parts = partsOf(entities, relations);
    return { entities, ...parts, ...comparedIn(ontology, input, entities, parts.required.entities, distinct) };
  }),
);
