import {
  entitiesOf,
  type NamedValue,
  type PatternComparison,
  type PatternEntity,
  type PatternPart,
  type PatternRelation,
  type PatternValue,
} from '../../engine/match/match-pattern.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import { isListed, type Properties } from '../../ontology/vocabulary.ts';
import { badUserInput, limitExceeded } from '../errors.ts';
import { limits } from '../limits.ts';
import { quoted } from './match-kinds.ts';
import type { ComparisonInput, DifferenceInput, NamedValueInput, ValueInput } from './pattern-input.ts';
import { periodComparison } from './period-comparison.ts';

/** A value, its type and what errors call it. */
export interface Measured {
  readonly value: PatternValue;
  readonly type: string;
  readonly name: string;
}

/** What values may name where they stand. */
export interface Visible {
  readonly where: string;
  readonly entities: readonly number[];
  readonly relations: readonly PatternRelation[];
}

const isGiven = (value: unknown) => value !== null && value !== undefined;

/** What is given of a value, beside the entity or relation that it is of. */
const parts = ['property', 'count', 'value', 'number', 'date', 'difference'] as const;

const ordered: ReadonlySet<string> = new Set(['number', 'date', 'text']);

/** The names of entities and relations in a value. */
export function namesInValue({ as, difference }: ValueInput): readonly string[] {
  const own = typeof as === 'string' ? [as] : [];
  return difference ? [...own, ...namesInValue(difference.of), ...namesInValue(difference.from)] : own;
}

export const namesInComparison = ({ left, right }: ComparisonInput): readonly string[] => [
  ...namesInValue(left),
  ...namesInValue(right),
];

/** Reads the values of a pattern, and checks their types. @throws GraphQLError BAD_USER_INPUT, LIMIT_EXCEEDED */
export class ValueReader {
  readonly #ontology: Ontology;
  readonly #entities: readonly PatternEntity[];
  readonly #named = new Map<string, Measured>();
  /** How many values each named one is made of. */
  readonly #sizes = new Map<string, number>();
  #size = 0;

  /** @param defined values that are known already */
  constructor(ontology: Ontology, entities: readonly PatternEntity[], defined: readonly NamedValue[] = []) {
    this.#ontology = ontology;
    this.#entities = entities;
    for (const { name, value, type } of defined) this.#named.set(name, { value, type, name });
  }

  comparison({ left, is, right, orMissing }: ComparisonInput, visible: Visible): PatternComparison {
    const [one, other] = [this.read(left, visible), this.read(right, visible)];
    if (one.type !== other.type) {
      throw badUserInput(
        `${quoted(one.name)} is of type ${one.type} and ${quoted(other.name)} of type ${other.type}, which cannot be compared. Compare values of one type.`,
      );
    }
    if (!ordered.has(one.type) && is !== '=' && is !== '<>') {
      throw badUserInput(`Values of type ${one.type} have no order. Compare ${quoted(one.name)} with EQ or NE.`);
    }
    const comparison = { left: one.value, is, right: other.value, orMissing };
    return one.type === 'date' ? periodComparison(comparison) : comparison;
  }

  /** A value under a name, which later ones may use. */
  define({ as, is, function: aggregate }: NamedValueInput, visible: Visible, over: PatternPart | null): NamedValue {
    const before = this.#size;
    const measured = over
      ? this.#aggregated(as, is, aggregate, visible, over)
      : this.#plain(as, is, aggregate, visible);
    this.#named.set(as, measured);
    this.#sizes.set(as, this.#size - before);
    const { value, type } = measured;
    const entities = [...new Set(entitiesOf(value))];
    return { name: as, value, entities, type };
  }

  read(input: ValueInput, visible: Visible): Measured {
    this.#grow(1);
    const given = parts.filter((part) => isGiven(input[part]));
    const [part] = given;
    if (part === undefined || given.length > 1) {
      throw badUserInput(
        `A value needs exactly one of \`${parts.join('`, `')}\`; got ${given.map((name) => `\`${name}\``).join(' and ') || 'none'}.`,
      );
    }
    const isOf = part === 'property' || part === 'count';
    if (isOf !== isGiven(input.as)) {
      throw badUserInput(
        isOf ? `\`${part}\` needs \`as\`, the name of what it is of.` : `\`${part}\` stands alone. Leave out \`as\`.`,
      );
    }
    const as = String(input.as);
    if (part === 'property') return this.#property(as, String(input.property), visible);
    if (part === 'count') return this.#count(as, String(input.count), visible);
    if (part === 'value') return this.#defined(String(input.value), visible);
    if (part === 'difference') return this.#difference(input.difference as DifferenceInput, visible);
    const constant = part === 'number' ? Number(input.number) : String(input.date);
    return { value: { constant }, type: part, name: String(constant) };
  }

  #grow(by: number): void {
    this.#size += by;
    if (this.#size <= limits.patternValues) return;
    throw limitExceeded(
      `A pattern has at most ${limits.patternValues} values, and each use of a named one counts what it is made of. Use fewer.`,
    );
  }

  #position(as: string, { where, entities, relations }: Visible): number {
    const position = entities.find((at) => this.#entities[at]?.name === as);
    if (position !== undefined) return position;
    const names = [
      ...entities.map((at) => this.#entities[at]?.name ?? ''),
      ...relations.flatMap(({ name }) => name ?? []),
    ];
    throw badUserInput(
      `\`${where}\` names ${quoted(as)}, which it cannot reach. It can name ${names.map(quoted).join(', ')}.`,
    );
  }

  #property(as: string, property: string, visible: Visible): Measured {
    const relation = visible.relations.find(({ name }) => name === as);
    const name = `${as}.${property}`;
    if (relation) {
      const [type = ''] = relation.types;
      const found = this.#single(this.#ontology.edgePropertiesOf(type), property, as, type);
      return { value: { edge: as, property }, type: found, name };
    }
    const entity = this.#position(as, visible);
    if (property === 'slug') return { value: { entity, property: 'id' }, type: 'text', name };
    const kind = this.#entities[entity]?.kind ?? 'Entity';
    const type = this.#single(this.#ontology.propertiesOf(kind), property, as, kind);
    return { value: { entity, property }, type, name };
  }

  /** The type of a property with a single value. */
  #single(properties: Properties, property: string, as: string, owner: string): string {
    const found = Object.hasOwn(properties, property) ? properties[property] : undefined;
    if (found && !found.list && !isListed(found)) {
      return found.type === 'int' || found.type === 'float' ? 'number' : (found.enumeration ?? found.type);
    }
    const known = Object.entries(properties).flatMap(([each, other]) => (other.list || isListed(other) ? [] : [each]));
    throw badUserInput(
      `${quoted(as)} has no single-valued property ${quoted(property)}. ${owner} has ${known.join(', ') || 'none'}.`,
    );
  }

  #count(as: string, field: string, visible: Visible): Measured {
    if (visible.relations.some(({ name }) => name === as)) {
      throw badUserInput(
        `${quoted(as)} is a relation, and only relations of an entity can be counted. Name one of its ends.`,
      );
    }
    const entity = this.#position(as, visible);
    const kind = this.#entities[entity]?.kind ?? 'Entity';
    const relation = this.#ontology.relationFieldsOf(kind).get(field);
    if (relation) return { value: { entity, relation }, type: 'number', name: `${as}.${field}` };
    const known = [...this.#ontology.relationFieldsOf(kind).keys()].join(', ');
    throw badUserInput(`${quoted(as)} has no relation field ${quoted(field)}. Its kind, ${kind}, has ${known}.`);
  }

  #defined(name: string, { where }: Visible): Measured {
    const found = this.#named.get(name);
    if (found) {
      this.#grow(this.#sizes.get(name) ?? 0);
      return { ...found, name };
    }
    const known = [...this.#named.keys()].map(quoted).join(', ');
    throw badUserInput(
      `\`${where}\` names the value ${quoted(name)}, which is not defined before it. ${known ? `Defined are ${known}.` : 'Define it in `values`.'}`,
    );
  }

  #difference({ of, from, unit }: DifferenceInput, visible: Visible): Measured {
    const [one, other] = [this.read(of, visible), this.read(from, visible)];
    const name = `${one.name} - ${other.name}`;
    if (one.type !== other.type || (one.type !== 'number' && one.type !== 'date')) {
      throw badUserInput(
        `${quoted(one.name)} is of type ${one.type} and ${quoted(other.name)} of type ${other.type}. A difference takes two numbers or two dates.`,
      );
    }
    if ((one.type === 'date') !== isGiven(unit)) {
      throw badUserInput(
        one.type === 'date'
          ? `The difference of the dates ${quoted(name)} needs a \`unit\`: DAYS or YEARS.`
          : `The difference of the numbers ${quoted(name)} has no \`unit\`. Leave it out.`,
      );
    }
    return { value: { of: one.value, from: other.value, unit: unit ?? 'NUMBER' }, type: 'number', name };
  }

  #plain(as: string, is: NamedValueInput['is'], aggregate: NamedValueInput['function'], visible: Visible): Measured {
    if (is && !isGiven(aggregate)) return this.read(is, visible);
    throw badUserInput(
      isGiven(aggregate)
        ? `The value ${quoted(as)} has a \`function\`, but no shape in \`over\` that it would be taken over. Add one.`
        : `The value ${quoted(as)} needs \`is\`, which says what it is.`,
    );
  }

  #aggregated(
    as: string,
    is: NamedValueInput['is'],
    aggregate: NamedValueInput['function'],
    visible: Visible,
    over: PatternPart,
  ): Measured {
    if (aggregate === null || aggregate === undefined) {
      throw badUserInput(`The value ${quoted(as)} is over a shape, so it needs a \`function\`, such as COUNT or MIN.`);
    }
    if ((aggregate === 'COUNT') === isGiven(is)) {
      throw badUserInput(
        aggregate === 'COUNT'
          ? `The value ${quoted(as)} counts the sets of entities of its shape. Leave out \`is\`.`
          : `The value ${quoted(as)} needs \`is\`, of which ${aggregate} is taken.`,
      );
    }
    const one = is ? this.read(is, visible) : null;
    const isFit = aggregate === 'MIN' || aggregate === 'MAX' ? ordered : new Set(['number']);
    if (one && !isFit.has(one.type)) {
      throw badUserInput(`${quoted(one.name)} is of type ${one.type}, of which there is no ${aggregate}.`);
    }
    return { value: { aggregate, value: one?.value ?? null, over }, type: one?.type ?? 'number', name: as };
  }
}
