import {
  type Comparison,
  everything,
  type Filter,
  nothing,
  type Related,
  type TextMatch,
} from '../../graph/reads/filter.ts';
import { foldText } from '../../graph/search/folding.ts';
import { oncePer } from '../../ontology/once-per.ts';
import type { Ontology, RelationField } from '../../ontology/ontology.ts';
import { periodOf } from '../../ontology/partial-date.ts';
import type { Kind, Properties, Property, RelationType } from '../../ontology/vocabulary.ts';
import { badUserInput, limitExceeded } from '../errors.ts';
import { parseReference } from '../identifiers.ts';
import { limits } from '../limits.ts';
import { nameOfMany } from '../names.ts';
import { areaFilter, type GeoAreaInput, itemFilter, plainOperands } from './item-filter.ts';
import { parseOnce } from './parse-once.ts';

/** A filter as passed by GraphQL: validated against its input type, except for nulls. */
export type FilterInput = Readonly<Record<string, unknown>>;

const comparisons = { eq: '=', ne: '<>', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const satisfies Record<
  string,
  Comparison
>;
const textMatches = {
  contains: 'CONTAINS',
  startsWith: 'STARTS WITH',
  endsWith: 'ENDS WITH',
} as const satisfies Record<string, TextMatch>;

const isComparison = (name: string): name is keyof typeof comparisons => Object.hasOwn(comparisons, name);
const isTextMatch = (name: string): name is keyof typeof textMatches => Object.hasOwn(textMatches, name);

/** Comparison of slugs, which need no folding. */
const slugProperty: StoredProperty = { name: 'id', folded: 'id', type: 'text' };

interface StoredProperty {
  readonly name: string;
  readonly folded: string;
  readonly type: Property['type'];
}

/** Parses one filter, and counts its conditions. */
class Parser {
  readonly #ontology: Ontology;
  #conditions = 0;
  #characters = 0;
  #values = 0;

  constructor(ontology: Ontology) {
    this.#ontology = ontology;
  }

  entity(kind: Kind | 'Entity', input: FilterInput, depth: number): Filter {
    this.#checkDepth(depth);
    return {
      all: this.#operands(input).map(([name, operand]): Filter => {
        if (name === 'kinds') return { kinds: operand as readonly string[] };
        if (name === 'within') return this.#within(kind, String(operand));
        if (name === 'slug') return this.#property(slugProperty, operand as FilterInput);
        const items = this.#ontology.propertiesOf(kind)[name];
        if (items?.items) return this.#list(name, items, operand as FilterInput, depth);
        const relation = this.#ontology.relationFieldsOf(kind).get(name);
        if (relation) return this.#relation(relation, operand as FilterInput, depth);
        return (
          this.#logic(name, operand, (part) => this.entity(kind, part, depth + 1)) ??
          this.#named(this.#ontology.propertiesOf(kind), name, operand as FilterInput)
        );
      }),
    };
  }

  /** Conditions on values of relations or groups. */
  edge(properties: Properties, input: FilterInput, depth: number): Filter {
    this.#checkDepth(depth);
    return {
      all: this.#operands(input).map(
        ([name, operand]) =>
          this.#logic(name, operand, (part) => this.edge(properties, part, depth + 1)) ??
          this.#named(properties, name, operand as FilterInput),
      ),
    };
  }

  #checkDepth(depth: number): void {
    if (depth <= limits.filterDepth) return;
    throw limitExceeded(
      `Filters are nested more than ${limits.filterDepth} levels deep. Simplify the filter, or split the query.`,
    );
  }

  /** All operands. Null is rejected, because it is always a mistake. */
  #operands(input: FilterInput): readonly (readonly [string, unknown])[] {
    const given = Object.entries(input).filter(([, operand]) => operand !== undefined);
    for (const [name, operand] of given) {
      this.#conditions += 1;
      if (operand === null) {
        throw badUserInput(
          `\`${name}\` in a filter is null. Leave it out, or find absent values with \`exists: false\`.`,
        );
      }
      if (Array.isArray(operand) && operand.length > limits.listedValues) {
        throw limitExceeded(
          `\`${name}\` in a filter has ${operand.length} values; the maximum is ${limits.listedValues}.`,
        );
      }
      this.#countValues(operand);
      this.#countCharacters(operand);
    }
    if (this.#conditions > limits.conditions) {
      throw limitExceeded(`The filter has more than ${limits.conditions} conditions. Simplify it, or split the query.`);
    }
    return given;
  }

  #countValues(operand: unknown): void {
    if (Array.isArray(operand)) this.#values += operand.length;
    if (this.#values > limits.filterValues) {
      throw limitExceeded(
        `The lists of a filter have up to ${limits.filterValues} values in all; this one has more. Split the query.`,
      );
    }
  }

  /** Before any of them is folded or compared. */
  #countCharacters(operand: unknown): void {
    for (const text of [operand].flat()) if (typeof text === 'string') this.#characters += text.length;
    if (this.#characters > limits.filterCharacters) {
      throw limitExceeded(
        `The texts of the filter have more than ${limits.filterCharacters} characters in total. Use shorter texts, or split the query.`,
      );
    }
  }

  #logic(name: string, operand: unknown, parse: (part: FilterInput) => Filter): Filter | undefined {
    if (name === 'and') return { all: (operand as readonly FilterInput[]).map(parse) };
    if (name === 'or') return { any: (operand as readonly FilterInput[]).map(parse) };
    return name === 'not' ? { not: parse(operand as FilterInput) } : undefined;
  }

  #within(kind: Kind | 'Entity', id: string): Filter {
    const hierarchy = this.#ontology.hierarchyOf(kind);
    if (!hierarchy)
      throw badUserInput(`\`within\` does not apply to ${nameOfMany(this.#ontology, kind)}, which have no hierarchy.`);
    return { reaches: hierarchy, slug: parseReference(this.#ontology, id, kind) };
  }

  #named(properties: Properties, name: string, input: FilterInput): Filter {
    const property = properties[name];
    if (!property) throw badUserInput(`The filter has no field \`${name}\`.`);
    return this.#property({ name, folded: `_${name}Folded`, type: property.type }, input);
  }

  #property({ name, folded, type }: StoredProperty, input: FilterInput): Filter {
    const condition = ([operator, operand]: readonly [string, unknown]): Filter => {
      if (operator === 'exists') return { property: name, exists: operand === true };
      if (operator === 'isEmpty') return { property: name, exists: operand === false };
      if (operator === 'has') return { property: name, has: operand };
      if (operator === 'hasAny') return { property: name, hasAny: operand as readonly unknown[] };
      if (isTextMatch(operator))
        return { property: folded, is: textMatches[operator], value: foldText(String(operand)) };
      if (operator === 'in') {
        const values = operand as readonly unknown[];
        if (type === 'date') return { any: values.map((value) => inPeriod(name, 'eq', String(value))) };
        return values.length === 0 ? nothing : { property: name, is: 'IN', value: values };
      }
      if (!isComparison(operator)) throw badUserInput(`The filter has no operator \`${operator}\`.`);
      if (type === 'date') return inPeriod(name, operator, String(operand));
      return { property: name, is: comparisons[operator], value: operand };
    };
    return { all: this.#operands(input).map(condition) };
  }

  /** Conditions on a list of identifiers or places. */
  #list(name: string, property: Property, input: FilterInput, depth: number): Filter {
    const some = (operand: unknown): Filter =>
      itemFilter(name, property, this.#item(property, operand as FilterInput, depth + 1));
    return {
      all: this.#operands(input).map(([quantifier, operand]): Filter => {
        if (quantifier === 'isEmpty') return { property: name, exists: operand !== true };
        return quantifier === 'some' ? some(operand) : { not: some(operand) };
      }),
    };
  }

  #item(property: Property, input: FilterInput, depth: number): Filter {
    this.#checkDepth(depth);
    const { identification } = this.#ontology;
    return {
      all: this.#operands(input).map(([name, operand]): Filter => {
        const logic = this.#logic(name, operand, (part) => this.#item(property, part, depth + 1));
        if (logic) return logic;
        if (name === 'within') return areaFilter(operand as GeoAreaInput);
        return this.#named(
          property.items ?? {},
          name,
          identification && name === 'value'
            ? plainOperands(identification, input.scheme, operand)
            : (operand as FilterInput),
        );
      }),
    };
  }

  #relation(relation: RelationField, input: FilterInput, depth: number): Filter {
    const related = (operand: unknown): Related => {
      const { edge, ...far } = operand as FilterInput;
      if (edge === null) throw badUserInput('`edge` in a filter is null. Leave it out.');
      return {
        relation,
        filter: this.entity(relation.target, far, depth + 1),
        edge: edge
          ? this.edge(this.#ontology.edgePropertiesOf(relation.relation), edge as FilterInput, depth + 1)
          : everything,
      };
    };
    return {
      all: this.#operands(input).map(([quantifier, operand]): Filter => {
        if (quantifier === 'some') return { ...related(operand), some: true };
        if (quantifier === 'none') return { not: { ...related(operand), some: true } };
        if (quantifier === 'every') {
          // No entity that does not match, so it is true if there are none.
          const { filter, edge } = related(operand);
          const noneBut = (filter: Filter, edge: Filter): Filter => ({ not: { relation, some: true, filter, edge } });
          return { all: [noneBut({ not: filter }, everything), noneBut(everything, { not: edge })] };
        }
        const { filter = {}, ...operators } = operand as FilterInput;
        if (filter === null) throw badUserInput('`filter` of a count is null. Leave it out.');
        const counted = related(filter);
        return {
          all: this.#operands(operators).map(([operator, value]): Filter => {
            if (!isComparison(operator)) throw badUserInput(`\`count\` has no operator \`${operator}\`.`);
            return { ...counted, count: comparisons[operator], value: Number(value) };
          }),
        };
      }),
    };
  }
}

/** A partial date as an operand means its whole period, as one range of texts. */
function inPeriod(property: string, operator: keyof typeof comparisons, operand: string): Filter {
  const { from, until } = periodOf(operand);
  const within: Filter = {
    all: [
      { property, is: '>=', value: from },
      { property, is: '<', value: until },
    ],
  };
  const filters: Readonly<Record<keyof typeof comparisons, Filter>> = {
    eq: within,
    ne: { not: within },
    lt: { property, is: '<', value: from },
    lte: { property, is: '<', value: until },
    gt: { property, is: '>=', value: until },
    gte: { property, is: '>=', value: from },
  };
  return filters[operator];
}

const filterOf = oncePer((ontology: Ontology) =>
  parseOnce((kind: Kind | 'Entity', input: FilterInput) => new Parser(ontology).entity(kind, input, 1)),
);

/**
 * The parsed filter of entities of a kind; matches everything if absent.
 * @throws GraphQLError BAD_USER_INPUT on a null operand, LIMIT_EXCEEDED on a filter too deep or too large
 */
export const parseFilter = (
  ontology: Ontology,
  kind: Kind | 'Entity',
  input: FilterInput | null | undefined,
): Filter => (input ? filterOf(ontology)(kind, input) : everything);

const edgeFilterOf = oncePer((ontology: Ontology) =>
  parseOnce((relation: RelationType, input: FilterInput) =>
    new Parser(ontology).edge(ontology.edgePropertiesOf(relation), input, 1),
  ),
);

/**
 * The parsed filter of a relation itself; matches everything if absent.
 * @throws GraphQLError BAD_USER_INPUT on a null operand, LIMIT_EXCEEDED on a filter too large
 */
export const parseEdgeFilter = (
  ontology: Ontology,
  relation: RelationType,
  input: FilterInput | null | undefined,
): Filter => (input ? edgeFilterOf(ontology)(relation, input) : everything);

/**
 * Parses conditions on values with these names and types.
 * @throws GraphQLError BAD_USER_INPUT on a null operand, LIMIT_EXCEEDED on conditions too deep or too many
 */
export const parseConditions = (ontology: Ontology, properties: Properties, input: FilterInput): Filter =>
  new Parser(ontology).edge(properties, input, 1);
