import type { GroupPath, GroupSource, GroupStep, Level, PropertySource } from '../../engine/groups/group-keys.ts';
import { everything } from '../../engine/reads/filter.ts';
import type { OrderKey } from '../../engine/reads/plan.ts';
import { capitalized, constantCase } from '../../ontology/letter-case.ts';
import type { Ontology, RelationField } from '../../ontology/ontology.ts';
import type { Kind, Property } from '../../ontology/vocabulary.ts';
import { edgePropertyOf } from '../arguments/edge-conditions.ts';
import { type FilterInput, parseFilter } from '../arguments/filter-input.ts';
import { hierarchyOf } from '../arguments/hierarchies.ts';
import { badUserInput } from '../errors.ts';
import { limits } from '../limits.ts';
import { nameOfMany } from '../names.ts';

/** A key by which entities of a kind can be grouped. */
export interface GroupKeyOption {
  readonly source: GroupSource;
  /** The kind of the values, if they are entities. */
  readonly target: Kind | null;
  readonly type: OrderKey['type'];
}

/** A key of groups. */
export interface GroupKey extends GroupKeyOption {
  /** What answers call it. */
  readonly name: string;
  readonly isDate: boolean;
  /** Whether its values are integers: years of a date, or those of a number. */
  readonly isInteger: boolean;
}

/** Precision of a date as a key. */
const periods = { Year: 4, Month: 7 } as const;

interface PropertyKey extends GroupKeyOption {
  readonly source: PropertySource;
}

/** The keys that a property of an entity or of a relation gives, by name. */
export function propertyKeys(name: string, { type, list, indexed }: Property): [string, PropertyKey][] {
  if (list || name === 'name') return [];
  const key = (valueType: OrderKey['type']): [string, PropertyKey][] => [
    [name, { source: { property: name }, target: null, type: valueType }],
  ];
  if (type === 'date') {
    return Object.entries(periods).map(([period, length]) => [
      `${name}${period}`,
      {
        source: { property: name, length },
        target: null,
        type: 'string',
      },
    ]);
  }
  if (type === 'enumeration' || (type === 'text' && indexed)) return key('string');
  if (type === 'int') return key('number');
  return type === 'boolean' ? key('boolean') : [];
}

/** The keys of a kind, by their names among its facets. */
export function groupKeys(
  { isKind, propertiesOf, relationFieldsOf }: Ontology,
  kind: Kind,
): ReadonlyMap<string, GroupKeyOption> {
  const ofProperties = Object.entries(propertiesOf(kind)).flatMap(([name, property]) =>
    propertyKeys(name, property).map(([key, option]) => [constantCase(key), option] as const),
  );
  return new Map<string, GroupKeyOption>([
    ...ofProperties,
    // A part of a date gives way to a property that is named like it.
    ...ofProperties.filter(([key, { source }]) => key === constantCase(source.property)),
    ...[...relationFieldsOf(kind).values()].flatMap((relation): [string, GroupKeyOption][] => {
      const { name, target, toOne } = relation;
      return isKind(target) ? [[constantCase(name), { source: { relation, toOne }, target, type: 'string' }]] : [];
    }),
  ]);
}

/** @throws GraphQLError BAD_USER_INPUT if the facet is no key of groups, with the keys that there are */
export function groupKeyNamed(ontology: Ontology, kind: Kind, name: string): GroupKeyOption {
  const keys = groupKeys(ontology, kind);
  const option = keys.get(name);
  if (option) return option;
  throw badUserInput(
    `${capitalized(nameOfMany(ontology, kind))} are not grouped by ${name}. Their keys are ${[...keys.keys()].join(', ')}.`,
  );
}

/** A key that follows relations, as passed by GraphQL: where it stands, and how it goes on. */
export type KeyInput = Readonly<Record<string, unknown>>;

/** Names in a key that are no relations. */
export const ownKeyFields: ReadonlySet<string> = new Set(['by', 'edge', 'filter', 'level']);

const isInteger = ({ length }: PropertySource, type: OrderKey['type']) => length === periods.Year || type === 'number';

const given = (input: KeyInput) => Object.entries(input).filter(([, value]) => value !== undefined && value !== null);

/** Reads one key that follows relations. */
class KeyParser {
  readonly #ontology: Ontology;
  readonly #steps: GroupStep[] = [];
  readonly #names: string[] = [];
  #level: Level | null = null;
  #toOne = true;

  constructor(ontology: Ontology) {
    this.#ontology = ontology;
  }

  parse(kind: Kind, input: KeyInput, via?: RelationField): GroupKey {
    const { filter, level } = input;
    const ways = given(input).filter(([name]) => name !== 'filter' && name !== 'level');
    if (ways.length > 1) {
      const names = ways.map(([name]) => `\`${name}\``).join(' and ');
      throw badUserInput(`A key goes on in one way, but one of \`keys\` has ${names}. Keep one of them.`);
    }
    const below = typeof level === 'number' ? this.#levelOf(kind, level) : null;
    if (via) this.#follow(via, filter as FilterInput | null | undefined, below);
    else {
      if (filter)
        throw badUserInput('A key begins with the entities that are grouped: filter them by `filter` of the field.');
      this.#level = below;
      if (below) this.#toOne = false;
    }
    const [[name, operand] = []] = ways;
    if (name === undefined) return this.#end(null, { target: kind, type: 'string' });
    if (name === 'by') return this.#by(kind, String(operand));
    if (name === 'edge') return this.#edge(via, String(operand));
    const relation = this.#ontology.relationFieldsOf(kind).get(name);
    if (!relation) throw badUserInput(`A key of ${nameOfMany(this.#ontology, kind)} has no field \`${name}\`.`);
    return this.parse(relation.target, operand as KeyInput, relation);
  }

  #follow(relation: RelationField, filter: FilterInput | null | undefined, level: Level | null): void {
    if (this.#steps.length === limits.groupSteps) {
      throw badUserInput(`A key follows at most ${limits.groupSteps} relations. Shorten it.`);
    }
    this.#steps.push({ relation, filter: filter ? parseFilter(this.#ontology, relation, filter) : everything, level });
    this.#toOne &&= relation.toOne && level === null;
    this.#names.push(constantCase(relation.name));
    if (level) this.#names.push(`LEVEL_${level.below}`);
  }

  #levelOf(kind: Kind, level: number): Level {
    const relation = hierarchyOf(this.#ontology, kind);
    if (!relation) {
      throw badUserInput(`\`level\` does not apply to ${nameOfMany(this.#ontology, kind)}, which have no hierarchy.`);
    }
    if (level < 0 || level > limits.hierarchyHops) {
      throw badUserInput(`\`level\` must be from 0, the top, to ${limits.hierarchyHops}; got ${level}.`);
    }
    return { relation, below: level };
  }

  #by(kind: Kind, by: string): GroupKey {
    const { source, type, target } = groupKeyNamed(this.#ontology, kind, by);
    this.#names.push(by);
    if ('toOne' in source && 'relation' in source) {
      this.#steps.push({ relation: source.relation, filter: everything, level: null });
      this.#toOne &&= source.toOne;
      return this.#end(null, { target, type });
    }
    return this.#end(source as PropertySource, { target, type });
  }

  #edge(via: RelationField | undefined, key: string): GroupKey {
    if (!via) throw badUserInput('`edge` in a key stands only where a relation leads. Name the relation first.');
    const name = key.replace(/(Year|Month)$/, '');
    const properties = this.#ontology.edgePropertiesOf(via.relation);
    const property = Object.hasOwn(properties, key) ? key : name;
    const option = new Map(propertyKeys(property, edgePropertyOf(this.#ontology, via.relation, property))).get(key);
    if (!option) throw badUserInput(`\`${property}\` of ${via.relation} has no values to group by. Use another key.`);
    this.#names.push(`EDGE_${constantCase(key)}`);
    return this.#end({ ...option.source, ofEdge: true }, option);
  }

  #end(end: GroupPath['end'], { target, type }: Pick<GroupKeyOption, 'target' | 'type'>): GroupKey {
    const level = this.#level ? [`LEVEL_${this.#level.below}`] : [];
    const source = { level: this.#level, steps: this.#steps, end, toOne: this.#toOne };
    return {
      source,
      target,
      type,
      name: [...level, ...this.#names].join('.'),
      isDate: end?.length !== undefined,
      isInteger: end !== null && isInteger(end, type),
    };
  }
}

/**
 * The key of a group that follows relations.
 * @throws GraphQLError BAD_USER_INPUT, LIMIT_EXCEEDED
 */
export const parseKey = (ontology: Ontology, kind: Kind, input: KeyInput): GroupKey =>
  new KeyParser(ontology).parse(kind, input);

/**
 * All keys of groups, those of `by` first.
 * @throws GraphQLError BAD_USER_INPUT on too many, or one that leads nowhere
 */
export function parseKeys(
  ontology: Ontology,
  kind: Kind,
  by: readonly string[],
  keys: readonly KeyInput[],
): readonly GroupKey[] {
  const number = by.length + keys.length;
  if (number > limits.groupKeys) {
    throw badUserInput(`Groups have at most ${limits.groupKeys} keys; got ${number}.`);
  }
  const named = by.map((name): GroupKey => {
    const { source, target, type } = groupKeyNamed(ontology, kind, name);
    const length = 'length' in source ? source.length : undefined;
    return {
      ...{ source, target, type, name },
      isDate: length !== undefined,
      isInteger: 'property' in source && isInteger(source, type),
    };
  });
  return [...named, ...keys.map((input) => parseKey(ontology, kind, input))];
}
