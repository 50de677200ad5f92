import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';
import { type Random, randomOf } from '../../src/doors/data/generate/random.ts';

export interface QuestionOptions {
  /** Slugs that a question may name, so that it finds something now and then. */
  readonly slugs: readonly string[];
  readonly seed: number;
  /** Names of fields that no question selects. */
  readonly without?: ReadonlySet<string>;
}

/** How deep selections go, and values. */
const DEPTH = 5;
const VALUE_DEPTH = 3;

/** Arguments that only values from earlier answers fit, or that exclude another one. */
const rare = new Set(['after', 'before', 'last', 'asOf', 'at', 'from', 'to', 'since', 'revision']);

const words = ['energy', 'Kenya', 'laboratory', 'China', '2020', 'health', 'university', 'agri'] as const;
const oddTexts = ['', ' ', '%', '\\', '"', '中', 'é', '*', '(', '0', 'a'.repeat(300)] as const;

const someNumbers = {
  Int: [0, 1, 1, 2, 2, 3, 5],
  Float: [0, 0.5, 1, 2.5, -1, 30, 120, 1000],
} as const;
const dates = {
  PartialDate: ['2020', '2021-06', '2023-10-18'],
  DateTime: ['2026-01-01T00:00:00Z', '2020-01-01T00:00:00Z'],
} as const;

class AnyQuestion {
  readonly #schema: GraphQLSchema;
  readonly #random: Random;
  readonly #options: QuestionOptions;
  #aliases = 0;

  constructor(schema: GraphQLSchema, random: Random, options: QuestionOptions) {
    this.#schema = schema;
    this.#random = random;
    this.#options = options;
  }

  write(): string {
    const { name = '' } = this.#schema.getQueryType() ?? {};
    return `{ ${this.#selection(name, DEPTH, 1)} }`;
  }

  #pick<Item>(items: readonly Item[]): Item {
    return this.#random.pick(items as readonly [Item, ...Item[]]);
  }

  /** Some of several, each once. */
  #some<Item>(items: readonly Item[], most: number): readonly Item[] {
    const left = [...items];
    return Array.from({ length: Math.min(most, left.length) }).flatMap(() =>
      left.splice(this.#random.below(left.length), 1),
    );
  }

  #selection(name: string, depth: number, most = 1 + this.#random.below(4)): string {
    const type = this.#schema.getType(name);
    const all = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
    const usable = all.filter(
      (field) => !this.#options.without?.has(field.name) && (depth > 0 || isLeafType(getNamedType(field.type))),
    );
    const selected = this.#some(usable, most).map((field) => this.#field(field, depth));
    if (isAbstractType(type) && depth > 0 && this.#random.chance(0.5)) {
      const one = this.#pick(this.#schema.getPossibleTypes(type)).name;
      selected.push(`... on ${one} { ${this.#selection(one, depth)} }`);
    }
    return selected.length > 0 ? selected.join(' ') : '__typename';
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const type = getNamedType(field.type);
    this.#aliases += 1;
    const alias = `f${this.#aliases}`;
    const selection = isLeafType(type) ? '' : ` { ${this.#selection(type.name, depth - 1)} }`;
    return `${alias}: ${field.name}${this.#arguments(field.args)}${selection}`;
  }

  #arguments(all: readonly GraphQLArgument[]): string {
    const given = all.filter((one) => isRequiredArgument(one) || this.#random.chance(rare.has(one.name) ? 0.01 : 0.4));
    if (given.length === 0) return '';
    return `(${given.map(({ name, type }) => `${name}: ${this.#value(type, name, VALUE_DEPTH)}`).join(', ')})`;
  }

  #value(type: GraphQLInputType, name: string, depth: number): string {
    const { pick, chance } = this.#random;
    if (isNonNullType(type)) return this.#value(type.ofType, name, depth);
    if (isListType(type)) {
      const length = chance(0.05) ? 0 : pick([1, 1, 1, 2, 2, 3]);
      return `[${Array.from({ length }, () => this.#value(type.ofType, name, depth)).join(', ')}]`;
    }
    if (isEnumType(type)) return this.#pick(type.getValues()).name;
    if (isInputObjectType(type)) return this.#object(type, depth);
    switch (type.name) {
      case 'Int':
        if (/year|since|until/i.test(name)) return String(pick([2000, 2018, 2020, 2023]));
        return String(chance(0.03) ? pick([-1, 101, 2020]) : pick(someNumbers.Int));
      case 'Float':
        return String(pick(someNumbers.Float));
      case 'Boolean':
        return String(chance(0.5));
      case 'PartialDate':
      case 'DateTime':
        return JSON.stringify(pick(dates[type.name]));
      default:
        if (chance(0.5)) return JSON.stringify(this.#pick(this.#options.slugs));
        return JSON.stringify(chance(0.8) ? pick(words) : pick(oddTexts));
    }
  }

  #object(type: GraphQLInputObjectType, depth: number): string {
    const fields = Object.values(type.getFields());
    const optional = fields.filter((field) => !isRequiredInputField(field));
    const flat = optional.filter((field) => isLeafType(getNamedType(field.type)));
    const usable = depth > 0 || (type.isOneOf && flat.length === 0) ? optional : flat;
    const chosen = [
      ...fields.filter(isRequiredInputField),
      ...this.#some(usable, type.isOneOf ? 1 : this.#random.below(3)),
    ];
    return `{ ${chosen.map((field) => `${field.name}: ${this.#value(field.type, field.name, depth - 1)}`).join(', ')} }`;
  }
}

/**
 * Questions of all shapes that a schema allows: the schema says which fields, arguments and values there are, and no list
 * of ours what may be asked of them. They are the same for the same seed. Half of them are refused, for what only words can
 * say that it is no question.
 */
export const anyQuestions = (schema: GraphQLSchema, count: number, options: QuestionOptions): readonly string[] =>
  Array.from({ length: count }, (_, index) =>
    new AnyQuestion(schema, randomOf(options.seed, 'questions', index), options).write(),
  );
