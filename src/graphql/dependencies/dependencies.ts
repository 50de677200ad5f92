import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isAbstractType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  Kind as Node,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { type Dependencies, EVERYTHING } from '../../engine/changes/log/graph-revisions.ts';
import { getOrInsert } from '../../ontology/get-or-insert.ts';
import { constantCase } from '../../ontology/letter-case.ts';
import { memoize } from '../../ontology/memoize.ts';
import type { Ontology, RelationField } from '../../ontology/ontology.ts';
import { GENERATED_SUMMARY } from '../../ontology/summaries/summary.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { hierarchyOf, transitiveFieldsOf } from '../arguments/hierarchies.ts';
import { namedTypeOf } from '../arguments/variables.ts';
import { citeDirective } from '../citations/cite.ts';
import { relationFieldOf } from '../names.ts';
import type { FieldReads } from '../planning/selection.ts';

/** Extension of a field written by hand. */
export interface ReadsGraph {
  /** The value depends on its arguments and the graph alone: not on the caller, the clock or another service. */
  readonly readsGraphAlone?: boolean;
}

/** What an operation reads. */
export interface OperationDependencies {
  /** `undefined` if its answer may depend on something else than the graph. */
  readonly dependencies: Dependencies | undefined;
  /** Whether its answer may be incomplete if the time limit is near. */
  readonly isTimed: boolean;
}

/** Root fields that return what they have found when their time is over. */
const timed: ReadonlySet<string> = new Set([
  'paths',
  'pathsBetween',
  'neighborhood',
  'match',
  'similar',
  'compare',
  'ask',
]);

/** Root fields that may read any part of the graph. */
const wholeGraph: ReadonlySet<string> = new Set([
  ...timed,
  ...['node', 'nodes', 'entity', 'search', 'ask', 'suggest', 'gaps', 'ontology', 'changes', 'diff', 'structure'],
]);

/** Fields of every kind that its record has beside its properties. */
const ofRecord: ReadonlySet<string> = new Set(['id', 'slug', 'createdAt']);
/** Those that a change to one of its relations changes, too. */
const ofRelations: ReadonlySet<string> = new Set(['revision', 'updatedAt']);

const notKept: OperationDependencies = { dependencies: undefined, isTimed: false };

/** Finds out what an operation reads, from its document and its variables alone. */
export type FindDependencies = (
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Readonly<Record<string, unknown>> | null | undefined,
) => OperationDependencies;

/** What follows from the ontology. */
interface Derived {
  /** What the name of a field in a filter or an order may refer to, of any kind. */
  readonly relationFields: ReadonlyMap<string, Dependencies>;
  /** The kind whose fields a filter or an order has, by the name of its type. */
  readonly kindOfInput: ReadonlyMap<string, Kind | 'Entity'>;
  /** The kind whose fields the keys of facets or groups stand for, by the name of their type. */
  readonly kindOfKey: ReadonlyMap<string, Kind | 'Entity'>;
}

/** Values of facets and groups; what their entities are follows from the keys. */
const ofKeys: ReadonlySet<string> = new Set(['FacetBucket', 'GroupKeyValue', 'EntityGroup']);

/** Collects what one document reads; more than is read is collected where that is simpler, and never less. */
class Collector {
  readonly #ontology: Ontology;
  readonly #derived: Derived;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #entered = new Set<string>();
  readonly #schema: GraphQLSchema;
  readonly names = new Set<string>();
  isEverything = false;
  isKept = true;
  isTimed = false;

  constructor(schema: GraphQLSchema, ontology: Ontology, derived: Derived, document: DocumentNode) {
    this.#schema = schema;
    this.#ontology = ontology;
    this.#derived = derived;
    for (const definition of document.definitions)
      if (definition.kind === Node.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition);
  }

  selection({ selections }: SelectionSetNode, parent: GraphQLNamedType): void {
    for (const selection of selections) {
      if (!this.isKept) return;
      if (selection.kind === Node.FIELD) this.#field(selection, parent);
      else if (selection.kind === Node.INLINE_FRAGMENT) {
        const name = selection.typeCondition?.name.value;
        this.selection(selection.selectionSet, (name === undefined ? undefined : this.#schema.getType(name)) ?? parent);
      } else this.#spread(selection.name.value);
    }
  }

  #spread(name: string): void {
    const fragment = this.#fragments.get(name);
    const type = fragment && this.#schema.getType(fragment.typeCondition.name.value);
    if (!type || this.#entered.has(name)) return;
    this.#entered.add(name);
    this.selection(fragment.selectionSet, type);
  }

  #field(node: FieldNode, parent: GraphQLNamedType): void {
    const name = node.name.value;
    if (name.startsWith('__')) return;
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    if (!field) {
      this.isKept = false;
      return;
    }
    const type = getNamedType(field.type);
    if (parent === this.#schema.getQueryType()) this.#root(name, field);
    else if (this.#isKind(parent.name)) this.#ofKind(name, field, parent.name);
    else if (parent.name.endsWith('Edge') && (name === 'sources' || name === 'ownSources')) this.provenance();
    if (isAbstractType(type)) this.isEverything ||= !ofKeys.has(parent.name);
    else if (this.#isKind(type.name)) this.names.add(type.name);
    for (const { name, value } of node.arguments ?? []) {
      const argument = field.args.find((each) => each.name === name.value);
      this.literal(value, argument && getNamedType(argument.type));
    }
    if (node.selectionSet) this.selection(node.selectionSet, type);
  }

  #isKind = (name: string) => name === 'Entity' || this.#ontology.isKind(name);

  #root(name: string, field: GraphQLField<unknown, unknown>): void {
    this.isTimed ||= timed.has(name);
    const kind = this.#ontology.kindNames.find((each) => {
      const { singular, plural } = this.#ontology.kind(each);
      return [singular, plural, `${plural}GroupBy`].includes(name);
    });
    if (kind !== undefined) this.names.add(kind);
    else if (wholeGraph.has(name)) this.isEverything = true;
    else this.#byHand(field);
  }

  #ofKind(name: string, field: GraphQLField<unknown, unknown>, kind: Kind | 'Entity'): void {
    const relation = relationFieldOf(this.#ontology, kind, name);
    if (relation) this.#relation(relation);
    else if (ofRelations.has(name)) {
      for (const each of this.#ontology.relationFieldsOf(kind).values()) this.names.add(each.relation);
    } else if (name === 'history') this.isEverything = true;
    else if (name === GENERATED_SUMMARY) this.#summary(field, kind);
    else if (!ofRecord.has(name) && !Object.hasOwn(this.#ontology.propertiesOf(kind), name)) this.#byHand(field);
  }

  #byHand({ extensions }: GraphQLField<unknown, unknown>): void {
    if ((extensions as ReadsGraph).readsGraphAlone === true) this.isEverything = true;
    else this.isKept = false;
  }

  provenance(): void {
    const { provenance } = this.#ontology;
    if (!provenance) return;
    this.names.add(provenance.kind);
    this.names.add(provenance.relation);
  }

  /** Fields that a value names: one of a document, as a node, or one of variables. */
  value(value: unknown, type: GraphQLNamedType | undefined): void {
    if (Array.isArray(value)) for (const item of value) this.value(item, type);
    else if (typeof value === 'string') this.#key(value, type);
    else if (typeof value === 'object' && value !== null)
      for (const [name, part] of Object.entries(value)) this.#inputField(name, part, type);
  }

  literal(node: ValueNode, type: GraphQLNamedType | undefined): void {
    if (node.kind === Node.LIST) for (const item of node.values) this.literal(item, type);
    else if (node.kind === Node.ENUM) this.#key(node.value, type);
    else if (node.kind === Node.OBJECT)
      for (const { name, value } of node.fields) this.literal(value, this.#inputField(name.value, undefined, type));
  }

  /** Filters and orders name relations by their fields, and `within` follows a hierarchy. */
  #inputField(name: string, value: unknown, type: GraphQLNamedType | undefined): GraphQLNamedType | undefined {
    const field = isInputObjectType(type) ? type.getFields()[name] : undefined;
    const kind = type && this.#derived.kindOfInput.get(type.name);
    const relation = kind === undefined ? undefined : this.#ontology.relationFieldsOf(kind).get(name);
    if (relation) this.#relation(relation);
    else if (kind === undefined || !Object.hasOwn(this.#ontology.propertiesOf(kind), name)) this.#anyField(name);
    const inner = field && getNamedType(field.type);
    this.value(value, inner);
    return inner;
  }

  /** `PARTNER_COUNTRIES` stands for a relation, `FOUNDED_YEAR` for the year of a property. */
  #key(key: string, type: GraphQLNamedType | undefined): void {
    const kind = type && this.#derived.kindOfKey.get(type.name);
    if (kind === undefined) return;
    const relations = [...this.#ontology.relationFieldsOf(kind).values()];
    const relation = relations.find(({ name }) => constantCase(name) === key);
    if (relation) this.#relation(relation);
    else if (!Object.keys(this.#ontology.propertiesOf(kind)).some((name) => isOfProperty(key, constantCase(name))))
      this.isEverything = true;
  }

  /** That of an entity of any kind may read anything. */
  #summary({ extensions }: GraphQLField<unknown, unknown>, kind: Kind | 'Entity'): void {
    const { reads } = extensions as FieldReads;
    const type = this.#schema.getType(kind);
    if (!reads || !type) this.isEverything = true;
    else for (const node of reads) this.#field(node, type);
  }

  #relation({ relation, target }: RelationField): void {
    this.names.add(relation);
    if (target === 'Entity') this.isEverything = true;
    else this.names.add(target);
  }

  #anyField(name: string): void {
    const relations = this.#derived.relationFields.get(name);
    if (relations === EVERYTHING) this.isEverything = true;
    else for (const each of relations ?? []) this.names.add(each);
  }

  get found(): OperationDependencies {
    if (!this.isKept) return notKept;
    return { dependencies: this.isEverything ? EVERYTHING : this.names, isTimed: this.isTimed };
  }
}

function relationFieldsIn(ontology: Ontology): Derived['relationFields'] {
  const found = new Map<string, Set<string> | typeof EVERYTHING>();
  const add = (name: string, names: readonly string[] | typeof EVERYTHING) => {
    const known = found.get(name);
    if (known === EVERYTHING || names === EVERYTHING) found.set(name, EVERYTHING);
    else found.set(name, new Set([...(known ?? []), ...names]));
  };
  for (const kind of ['Entity', ...ontology.kindNames]) {
    for (const { name, relation, target } of ontology.relationFieldsOf(kind).values())
      add(name, target === 'Entity' ? EVERYTHING : [relation, target]);
    for (const [name, { relation, target }] of transitiveFieldsOf(ontology, kind)) add(name, [relation, target]);
    const hierarchy = hierarchyOf(ontology, kind);
    if (hierarchy !== undefined)
      for (const name of ['within', 'level']) add(name, [hierarchy, ...ontology.kindsAt(hierarchy, 'to')]);
  }
  const { provenance } = ontology;
  if (provenance)
    for (const name of ['sources', 'ownSources', 'edge']) add(name, [provenance.relation, provenance.kind]);
  return found;
}

interface Known extends OperationDependencies {
  readonly telling: readonly FieldNamingVariable[];
}

/** Finds dependencies of operations over the schema of an ontology. Those of a document are found once. */
export function createFindDependencies(ontology: Ontology): FindDependencies {
  const kinds = ['Entity', ...ontology.kindNames];
  const kindOfInput = new Map(
    kinds.flatMap((kind) => ['Filter', 'Order', 'Key'].map((ending) => [`${kind}${ending}`, kind])),
  );
  const kindOfKey = new Map(kinds.map((kind) => [`${kind}Facet`, kind]));
  const derived: Derived = { relationFields: relationFieldsIn(ontology), kindOfInput, kindOfKey };
  const knownOf = memoize((_: DocumentNode) => new Map<string, Known>());

  function ofDocument(
    schema: GraphQLSchema,
    document: DocumentNode,
    operationName: string | null | undefined,
  ): OperationDependencies {
    const operation = getOperationAST(document, operationName);
    const query = schema.getQueryType();
    if (operation?.operation !== 'query' || !query) return notKept;
    const collector = new Collector(schema, ontology, derived, document);
    if (operation.directives?.some(({ name }) => name.value === citeDirective.name)) collector.provenance();
    for (const { defaultValue, type } of operation.variableDefinitions ?? [])
      if (defaultValue) collector.literal(defaultValue, schema.getType(namedTypeOf(type)));
    collector.selection(operation.selectionSet, query);
    return collector.found;
  }

  return (schema, document, operationName, variables) => {
    const found = getOrInsert(knownOf(document), operationName ?? '', () => ({
      ...ofDocument(schema, document, operationName),
      telling: fieldNamingVariables(schema, document, operationName),
    }));
    const { dependencies, telling } = found;
    if (dependencies === undefined || dependencies === EVERYTHING || telling.length === 0) return found;
    const collector = new Collector(schema, ontology, derived, document);
    for (const name of dependencies) collector.names.add(name);
    for (const { name, type } of telling) collector.value(variables?.[name], type);
    return { ...collector.found, isTimed: found.isTimed };
  };
}

/** A variable whose value may name fields, with its type. */
interface FieldNamingVariable {
  readonly name: string;
  readonly type: GraphQLNamedType | undefined;
}

function fieldNamingVariables(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
): readonly FieldNamingVariable[] {
  return (getOperationAST(document, operationName)?.variableDefinitions ?? []).flatMap(({ variable, type: node }) => {
    const type = schema.getType(namedTypeOf(node));
    return isScalarType(type) && isSpecifiedScalarType(type) ? [] : [{ name: variable.name.value, type }];
  });
}

/** Keys of dates and numbers have the part by which they group behind the name of their property. */
const isOfProperty = (key: string, property: string) =>
  key === property || ['_YEAR', '_MONTH'].some((part) => key === property + part);
