import { type Comparison, everything, type Filter, nothing, type Related } from '../../engine/reads/filter.ts';
import { memoize } from '../../ontology/memoize.ts';
import type { Ontology, RelationField } from '../../ontology/ontology.ts';
import type { Provenance } from '../../ontology/provenance.ts';
import type { Kind, Properties, Property, RelationType } from '../../ontology/vocabulary.ts';
import { badUserInput } from '../errors.ts';
import { parseReference } from '../identifiers.ts';
import { nameOfMany } from '../names.ts';
import { checkEdgeValue, edgePropertyOf } from './edge-conditions.ts';
import { FilterSize } from './filter-size.ts';
import { hierarchyOf, hopsOf, transitiveFieldsOf } from './hierarchies.ts';
import { areaFilter, type GeoAreaInput, itemFilter, plainOperands } from './item-filter.ts';
import { parseOnce } from './parse-once.ts';
import {
  comparisons,
  type FilterInput,
  isComparison,
  propertyCondition,
  type StoredProperty,
  slugProperty,
  storedProperty,
} from './property-condition.ts';

export type { FilterInput } from './property-condition.ts';

/** What entities are filtered: all of a kind, or those at the far end of a relation, whose properties `edge` names. */
export type Filtered = Kind | 'Entity' | RelationField;

const targetOf = (filtered: Filtered): Kind | 'Entity' => (typeof filtered === 'string' ? filtered : filtered.target);

const quantifiers: ReadonlySet<string> = new Set(['some', 'none', 'every', 'count']);

/** Parses one filter, and counts its conditions. */
class Parser {
  readonly #ontology: Ontology;
  readonly #size = new FilterSize();

  constructor(ontology: Ontology) {
    this.#ontology = ontology;
  }

  entity(filtered: Filtered, input: FilterInput, depth: number): Filter {
    this.#size.checkDepth(depth);
    const kind = targetOf(filtered);
    const { withinDepth, ...conditions } = input;
    const operands = this.#size.operands(conditions);
    if (withinDepth === null) throw badUserInput('`withinDepth` is null. Leave it out for any depth.');
    if (withinDepth !== undefined && !('within' in conditions)) {
      throw badUserInput('`withinDepth` limits `within`, which is missing. Add it, or leave out `withinDepth`.');
    }
    return {
      all: operands.map(([name, operand]): Filter => {
        if (name === 'kinds') return { kinds: operand as readonly string[] };
        if (name === 'within') return this.#within(kind, String(operand), withinDepth);
        if (name === 'slug') return this.#property(slugProperty, operand as FilterInput);
        if (name === 'edge') return this.#edge(filtered, operand as FilterInput, depth + 1);
        const items = this.#ontology.propertiesOf(kind)[name];
        if (items?.items) return this.#list(name, items, operand as FilterInput, depth);
        const relation = this.#ontology.relationFieldsOf(kind).get(name);
        if (relation) return this.#relation(relation, operand as FilterInput, depth);
        const transitive = transitiveFieldsOf(this.#ontology, kind).get(name);
        if (transitive) return this.#transitive(transitive, operand as FilterInput, depth);
        if (quantifiers.has(name) && !Object.hasOwn(this.#ontology.propertiesOf(kind), name)) {
          throw badUserInput(`\`${name}\` stands only directly below a relation. Remove it, or name the relation.`);
        }
        return (
          this.#logic(name, operand, (part) => this.entity(filtered, part, depth + 1)) ??
          this.#named(this.#ontology.propertiesOf(kind), name, operand as FilterInput)
        );
      }),
    };
  }

  /** Conditions on values of groups, which are made of numbers as they are stated. */
  values(properties: Properties, input: FilterInput, depth: number): Filter {
    this.#size.checkDepth(depth);
    return {
      all: this.#size
        .operands(input)
        .map(
          ([name, operand]) =>
            this.#logic(name, operand, (part) => this.values(properties, part, depth + 1)) ??
            this.#named(properties, name, operand as FilterInput, { qualified: undefined }),
        ),
    };
  }

  /** Conditions on a relation itself: its properties and sources. */
  edge(relation: RelationType, input: FilterInput, depth: number): Filter {
    this.#size.checkDepth(depth);
    const { provenance } = this.#ontology;
    return {
      all: this.#size.operands(input).map(([name, operand]): Filter => {
        const logic = this.#logic(name, operand, (part) => this.edge(relation, part, depth + 1));
        if (logic) return logic;
        if (provenance && name === 'ownSources') return this.#ownSources(provenance, operand as FilterInput);
        if (provenance && name === 'sources') return this.#sources(provenance, operand as FilterInput, depth);
        const property = edgePropertyOf(this.#ontology, relation, name);
        checkEdgeValue(this.#ontology, relation, name, operand as FilterInput);
        return this.#property(storedProperty(name, property), operand as FilterInput);
      }),
    };
  }

  #edge(filtered: Filtered, input: FilterInput, depth: number): Filter {
    if (typeof filtered !== 'string') return { ofEdge: this.edge(filtered.relation, input, depth) };
    throw badUserInput(
      '`edge` stands only where a relation leads to the entities: in the `filter` of a relation field, or below one in a filter.',
    );
  }

  /** Whether a relation has sources of its own is known of each: it is whether its list of them exists. */
  #ownSources({ property }: Provenance, input: FilterInput): Filter {
    return {
      all: this.#size.operands(input).map(([operator, operand]): Filter => {
        if (operator === 'exists') return operand === true ? everything : nothing;
        return { property, exists: (operator === 'eq') === operand };
      }),
    };
  }

  #sources(provenance: Provenance, input: FilterInput, depth: number): Filter {
    return this.#quantified(input, (operand, quantity) => ({
      source: quantity.every
        ? { not: this.entity(provenance.kind, operand, depth + 1) }
        : this.entity(provenance.kind, operand, depth + 1),
      provenance,
      ...(quantity.number && { number: quantity.number }),
    }));
  }

  #logic(name: string, operand: unknown, parse: (part: FilterInput) => Filter): Filter | undefined {
    if (name === 'and') return { all: (operand as readonly FilterInput[]).map(parse) };
    if (name === 'or') return { any: (operand as readonly FilterInput[]).map(parse) };
    return name === 'not' ? { not: parse(operand as FilterInput) } : undefined;
  }

  #within(kind: Kind | 'Entity', id: string, depth: unknown): Filter {
    const hierarchy = hierarchyOf(this.#ontology, kind);
    if (!hierarchy)
      throw badUserInput(`\`within\` does not apply to ${nameOfMany(this.#ontology, kind)}, which have no hierarchy.`);
    const slug = parseReference(this.#ontology, id, kind);
    if (depth === undefined) return { reaches: hierarchy, slug };
    return { reaches: hierarchy, slug, depth: hopsOf({ minHops: 0, maxHops: depth }, '`withinDepth`').max ?? 0 };
  }

  /** Conditions on what a hierarchical relation reaches in any number of steps. */
  #transitive(relation: RelationField, input: FilterInput, depth: number): Filter {
    const { minHops, maxHops, ...quantities } = input;
    for (const [name, number] of Object.entries({ minHops, maxHops }))
      if (number === null) throw badUserInput(`\`${name}\` of \`${relation.name}Transitive\` is null. Leave it out.`);
    const hops = hopsOf({ minHops, maxHops }, `\`${relation.name}Transitive\``);
    return this.#related(relation.target, { relation, hops: { ...hops, kind: relation.target } }, quantities, depth);
  }

  #named(properties: Properties, name: string, input: FilterInput, differently?: Partial<StoredProperty>): Filter {
    const property = properties[name];
    if (!property) throw badUserInput(`The filter has no field \`${name}\`.`);
    return this.#property({ ...storedProperty(name, property), ...differently }, input);
  }

  /** Conditions on a list of identifiers, places or milestones. */
  #list(name: string, property: Property, input: FilterInput, depth: number): Filter {
    const some = (operand: unknown): Filter =>
      itemFilter(name, property, this.#item(property, operand as FilterInput, depth + 1));
    return {
      all: this.#size.operands(input).map(([quantifier, operand]): Filter => {
        if (quantifier === 'isEmpty') return { property: name, exists: operand !== true };
        return quantifier === 'some' ? some(operand) : { not: some(operand) };
      }),
    };
  }

  #item(property: Property, input: FilterInput, depth: number): Filter {
    this.#size.checkDepth(depth);
    const { identification } = this.#ontology;
    return {
      all: this.#size.operands(input).map(([name, operand]): Filter => {
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

  /** Below a relation to one, conditions on its target need no quantifier. */
  #relation(relation: RelationField, input: FilterInput, depth: number): Filter {
    if (!relation.toOne) return this.#related(relation, { relation }, input, depth);
    const properties = this.#ontology.propertiesOf(relation.target);
    const isQuantifier = ([name]: readonly [string, unknown]) =>
      quantifiers.has(name) && !Object.hasOwn(properties, name);
    const given = Object.entries(input);
    const quantities = this.#related(relation, { relation }, Object.fromEntries(given.filter(isQuantifier)), depth);
    const direct = Object.fromEntries(given.filter((entry) => !isQuantifier(entry)));
    if (Object.keys(direct).length === 0) return quantities;
    return { all: [{ relation, some: true, filter: this.entity(relation, direct, depth + 1) }, quantities] };
  }

  #related(far: Filtered, by: Omit<Related, 'filter'>, input: FilterInput, depth: number): Filter {
    return this.#quantified(input, (operand, { every, number }) => {
      const filter = this.entity(far, operand, depth + 1);
      if (number) return { ...by, filter, count: number[0], value: number[1] };
      return { ...by, some: true, filter: every ? { not: filter } : filter };
    });
  }

  /**
   * `some`, `none`, `every` and `count`, each made of what some match: `every` says that none is otherwise, so it is
   * true if there are none.
   */
  #quantified(
    input: FilterInput,
    make: (
      operand: FilterInput,
      quantity: { readonly every?: true; readonly number?: readonly [Comparison, number] },
    ) => Filter,
  ): Filter {
    return {
      all: this.#size.operands(input).map(([quantifier, operand]): Filter => {
        if (quantifier === 'some') return make(operand as FilterInput, {});
        if (quantifier === 'none') return { not: make(operand as FilterInput, {}) };
        if (quantifier === 'every') return { not: make(operand as FilterInput, { every: true }) };
        const { filter = {}, ...operators } = operand as FilterInput;
        if (filter === null) throw badUserInput('`filter` of a count is null. Leave it out.');
        return {
          all: this.#size.operands(operators).map(([operator, value]): Filter => {
            if (!isComparison(operator)) throw badUserInput(`\`count\` has no operator \`${operator}\`.`);
            const number = [comparisons[operator], Number(value)] as const;
            const some = asksForSome(...number);
            const matches = make(filter as FilterInput, some === undefined ? { number } : {});
            return some === false ? { not: matches } : matches;
          }),
        };
      }),
    };
  }

  #property(stored: StoredProperty, input: FilterInput): Filter {
    return {
      all: this.#size.operands(input).map(([operator, operand]) => propertyCondition(stored, operator, operand)),
    };
  }
}

/** Whether a count asks for any match (`true`) or for none (`false`), so that the first match decides. */
function asksForSome(comparison: Comparison, number: number): boolean | undefined {
  const said = `${comparison} ${number}`;
  if (['> 0', '>= 1', '<> 0'].includes(said)) return true;
  return ['= 0', '< 1', '<= 0'].includes(said) ? false : undefined;
}

const filterOf = memoize((ontology: Ontology) =>
  parseOnce((filtered: Filtered, input: FilterInput) => new Parser(ontology).entity(filtered, input, 1)),
);

/**
 * The parsed filter of entities of a kind, or of those at the far end of a relation; matches everything if absent.
 * @throws GraphQLError BAD_USER_INPUT on a null operand, LIMIT_EXCEEDED on a filter too deep or too large
 */
export const parseFilter = (ontology: Ontology, filtered: Filtered, input: FilterInput | null | undefined): Filter =>
  input ? filterOf(ontology)(filtered, input) : everything;

const edgeFilterOf = memoize((ontology: Ontology) =>
  parseOnce((relation: RelationType, input: FilterInput) => new Parser(ontology).edge(relation, input, 1)),
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
  new Parser(ontology).values(properties, input, 1);
