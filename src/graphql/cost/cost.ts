import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  GraphQLError,
  type GraphQLField,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind as NodeKind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
} from 'graphql';
import { listCost } from '../../engine/costs/list-cost.ts';
import { reversed } from '../../engine/reads/degrees.ts';
import {
  averageFanOut,
  expectedDistinct,
  expectedFollowed,
  SHARED_FROM,
  type Statistics,
} from '../../engine/reads/statistics.ts';
import { memoize } from '../../ontology/memoize.ts';
import type { Ontology, RelationField } from '../../ontology/ontology.ts';
import { GENERATED_SUMMARY } from '../../ontology/summaries/summary.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { facetOptions } from '../arguments/facet-input.ts';
import { type FilterInput, parseFilter } from '../arguments/filter-input.ts';
import { type OrderInput, parseOrder } from '../arguments/order-input.ts';
import type { EarlierStates } from '../declarations/earlier-states.ts';
import { limitExceeded } from '../errors.ts';
import { limits } from '../limits.ts';
import { relationFieldOf } from '../names.ts';
import { named, type Selection, SelectionReader, selects } from '../planning/selection.ts';
import { asksAboutPast, asOfCost, declaredOf } from './as-of-cost.ts';
import { citationCost } from './citation-cost.ts';
import { type HeaviestPart, heaviestPart, type Share, total } from './heaviest-part.ts';
import { questionsOf } from './question-costs.ts';
import { textCost, valueLength } from './text-cost.ts';

/** Estimated cost of an operation: roughly the number of entities and relations visited and of values returned. */
export interface Cost {
  readonly estimated: number;
  readonly heaviest: HeaviestPart;
  /** Whether an argument is invalid. Its field will fail and was counted with cost 0. */
  readonly faulty: boolean;
}

/** Cost of reading an entity without its properties. */
const ENTITY = 2;
/** Cost of reading a value, and of returning it: a resolver call and its share of the text. */
const VALUE_READ = 1;
const VALUE_WRITTEN = 1;
const OBJECT_WRITTEN = 4;

/** Maximum number of fields to count, with fragments once for each kind. Counting more would take too long. */
const MOST_COUNTED = 8_000;

/** Assumed length of a list without a known size. */
const SOME = 5;

/** Average lengths of lists in introspection results. */
const sizesOf = memoize((schema: GraphQLSchema): Readonly<Record<string, number>> => {
  const types = Object.values(schema.getTypeMap());
  const fields = types.flatMap((type) =>
    isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [],
  );
  const inputFields = types.flatMap((type) => (isInputObjectType(type) ? Object.keys(type.getFields()) : []));
  const values = types.flatMap((type) => (isEnumType(type) ? type.getValues() : []));
  return {
    types: types.length,
    fields: fields.length / types.length,
    args: fields.flatMap(({ args }) => args).length / Math.max(fields.length, 1),
    inputFields: inputFields.length / types.length,
    enumValues: values.length / types.length,
    interfaces: 1,
    possibleTypes: 1,
    directives: schema.getDirectives().length,
  };
});

/** Current position in the response. */
interface Place {
  /** Number of visits of the database to this position, and of occurrences in the response. */
  readonly visits: number;
  readonly objects: number;
  /** Expected lengths of the lists below, by field name. */
  readonly sizes: Readonly<Record<string, number>>;
  /** The relation of the edges or targets at this position. */
  readonly relation?: RelationField | undefined;
  /** The list of the connection. */
  readonly list?: { readonly kind: Kind | 'Entity'; readonly fitting: number; readonly tried: number };
}

const isList = ({ type }: GraphQLField<unknown, unknown>) => isListType(isNonNullType(type) ? type.ofType : type);

/** The kinds by the root fields that list them. */
const listsOf = memoize(
  ({ kindNames, kind: definitionOf }: Ontology): ReadonlyMap<string, Kind> =>
    new Map(kindNames.map((kind) => [definitionOf(kind).plural, kind])),
);

const kindOf = ({ isKind }: Ontology, typeName: string): Kind | 'Entity' | undefined =>
  isKind(typeName) ? typeName : typeName === 'Entity' || typeName === 'Node' ? 'Entity' : undefined;

type Document = Pick<GraphQLResolveInfo, 'schema' | 'fragments' | 'variableValues'>;

class Walk {
  readonly #schema: GraphQLSchema;
  readonly #selected: SelectionReader;
  readonly #statistics: Statistics;
  readonly #ontology: Ontology;
  readonly #past: boolean;
  #counted = 0;
  faulty = false;

  constructor(document: Document, statistics: Statistics, { past }: { readonly past: boolean }) {
    this.#schema = document.schema;
    this.#selected = new SelectionReader(document);
    this.#statistics = statistics;
    this.#ontology = statistics.ontology;
    this.#past = past;
  }

  start(operation: OperationDefinitionNode): readonly Share[] {
    const type = this.#schema.getRootType(operation.operation);
    if (!type) return [];
    const { provenance } = this.#ontology;
    const cites = provenance
      ? averageFanOut(this.#statistics, { relation: provenance.relation, reading: 'FORWARD' }, 'Entity')
      : 0;
    const { selectionSet } = operation;
    const field: FieldNode = {
      kind: NodeKind.FIELD,
      name: { kind: NodeKind.NAME, value: operation.operation },
      selectionSet,
    };
    const sizes = { sources: cites, milestones: 2, identifiers: 4, locations: 1 };
    return this.#below(type, [field], { visits: 1, objects: 1, sizes });
  }

  /** Fields selected of every kind count once; of the others, those of the most expensive kind. */
  #below(type: GraphQLCompositeType, selection: Selection, place: Place): readonly Share[] {
    const fields = this.#selected.fields(type.name, selection);
    const shares = [...fields].map(([key, nodes]) => this.#field(type, key, nodes, place));
    // A summary reads other fields of each kind.
    const isPlain =
      !selects(fields, GENERATED_SUMMARY) &&
      selection.every(({ selectionSet }) => selectionSet?.selections.every(({ kind }) => kind === NodeKind.FIELD));
    if (!isAbstractType(type) || isPlain) return shares;
    const added = this.#schema
      .getPossibleTypes(type)
      .map((possible) =>
        [...this.#selected.fields(possible.name, selection)]
          .filter(([key, nodes]) => nodes.length !== fields.get(key)?.length)
          .map(([key, nodes]) => this.#field(possible, key, nodes, place)),
      );
    const [most = []] = added.sort((left, right) => total(right) - total(left));
    return [...shares, ...most];
  }

  #field(type: GraphQLCompositeType, key: string, nodes: Selection, place: Place): Share {
    this.#counted += 1;
    if (this.#counted > MOST_COUNTED) {
      throw limitExceeded(
        `With its fragments written out for each kind, this selects more than ${MOST_COUNTED} fields: nest fewer of them.`,
      );
    }
    const name = nodes[0]?.name.value ?? '';
    const definition = this.#definition(type, name);
    if (!definition) return { key, cost: place.objects * VALUE_WRITTEN, below: [] };
    const earlier = this.#past ? declaredOf(type, definition) : undefined;
    const result = getNamedType(definition.type);
    if (!isCompositeType(result)) return { key, cost: this.#value(type, key, name, result.name, place), below: [] };

    const { work, below } = this.#step(type, name, result.name, nodes, place, earlier);
    const length = isList(definition) ? (below.sizes[name] ?? SOME) : 1;
    const there = this.#merged(result.name, {
      ...below,
      visits: below.visits * length,
      objects: below.objects * length,
    });
    const read = kindOf(this.#ontology, result.name) ? there.visits * ENTITY : 0;
    const shares = this.#below(result, nodes, there);
    const written = there.objects * OBJECT_WRITTEN + place.objects * textCost(key.length);
    return { key, cost: work + read + written + total(shares), below: shares };
  }

  #definition(type: GraphQLCompositeType, name: string): GraphQLField<unknown, unknown> | undefined {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
    return 'getFields' in type ? type.getFields()[name] : undefined;
  }

  /** Properties of entities are read and returned; other values are only returned. */
  #value(
    type: GraphQLCompositeType,
    key: string,
    name: string,
    typeName: string,
    { visits, objects, relation }: Place,
  ): number {
    const kind = kindOf(this.#ontology, type.name);
    const owner = { kind, relation: relation?.relation, isIntrospection: type.name.startsWith('__') };
    const length = valueLength(owner, name, typeName, this.#schema, this.#statistics);
    const written = objects * (VALUE_WRITTEN + textCost(key.length + length));
    return written + (kind ? visits * (VALUE_READ + textCost(length)) : 0);
  }

  /** Targets that many entities share are read once. */
  #merged(typeName: string, place: Place): Place {
    const kind = kindOf(this.#ontology, typeName);
    if (!kind || !place.relation) return place;
    const distinct = expectedDistinct(this.#statistics, kind, reversed(place.relation), place.visits);
    return place.visits >= SHARED_FROM * distinct ? { ...place, visits: distinct } : place;
  }

  #step(
    type: GraphQLCompositeType,
    name: string,
    resultName: string,
    nodes: Selection,
    place: Place,
    earlier: EarlierStates | undefined,
  ): { readonly work: number; readonly below: Place } {
    try {
      const question = questionsOf(this.#ontology)[`${type.name}.${name}`];
      const args = name.startsWith('__') ? {} : this.#selected.arguments(type.name, nodes);
      if (question) {
        const fields = this.#selected.fields(resultName, nodes);
        const asks = (asked: string) => named(fields, asked).length;
        const selection = { reader: this.#selected, nodes };
        const { visits: today, sizes = {} } = question(args, this.#statistics, asks, selection);
        const visits = typeof earlier === 'object' ? earlier.visits(args, this.#statistics) : today;
        return { work: place.visits * visits, below: { ...place, sizes: { ...place.sizes, ...sizes } } };
      }
      const owner = kindOf(this.#ontology, type.name);
      const relation = owner && relationFieldOf(this.#ontology, owner, name);
      if (owner && relation) return this.#relation(owner, relation, resultName, args, nodes, place);
      const kind = type === this.#schema.getQueryType() ? listsOf(this.#ontology).get(name) : undefined;
      if (kind) return this.#list(null, kind, resultName, args, nodes, place);
      if (place.list && name === 'facets') return this.#facets(place.list, args, place);
      if (name === SchemaMetaFieldDef.name || name === TypeMetaFieldDef.name)
        return { work: 0, below: { ...place, sizes: sizesOf(this.#schema) } };
      return { work: 0, below: place };
    } catch (error) {
      // Invalid arguments are left to the resolver, which reports them and reads nothing.
      if (!(error instanceof GraphQLError)) throw error;
      this.faulty = true;
      return { work: 0, below: { visits: 0, objects: 0, sizes: {} } };
    }
  }

  #relation(
    owner: Kind | 'Entity',
    field: RelationField,
    resultName: string,
    args: Readonly<Record<string, unknown>>,
    nodes: Selection,
    place: Place,
  ) {
    if (!field.toOne) return this.#list({ relation: field, kind: owner }, field.target, resultName, args, nodes, place);
    const via = place.relation && reversed(place.relation);
    return {
      work: place.visits * (1 + expectedFollowed(this.#statistics, field, owner, { via })),
      below: { ...place, relation: field },
    };
  }

  #list(
    of: { readonly relation: RelationField; readonly kind: Kind | 'Entity' } | null,
    kind: Kind | 'Entity',
    typeName: string,
    args: Readonly<Record<string, unknown>>,
    nodes: Selection,
    place: Place,
  ) {
    const fields = this.#selected.fields(typeName, nodes);
    const given = args.first ?? args.last ?? limits.defaultPageSize;
    const size = Math.max(0, Math.min(Number(given), limits.pageSize));
    const via = place.relation && reversed(place.relation);
    const asked = {
      kind,
      of: of && { ...of, via },
      size,
      filter: parseFilter(this.#ontology, of?.relation ?? kind, args.filter as FilterInput | null | undefined),
      order: parseOrder(this.#ontology, kind, args.orderBy as readonly OrderInput[] | null | undefined, of?.relation),
      rows: selects(fields, 'nodes', 'edges', 'pageInfo'),
      totalCount: selects(fields, 'totalCount'),
      inMemory: this.#past,
      facets: selects(fields, 'facets'),
    };
    const { visits, fitting, length, tried } = listCost(asked, this.#statistics);
    return {
      work: place.visits * visits,
      below: {
        ...place,
        sizes: { ...place.sizes, nodes: length, edges: length },
        relation: of?.relation,
        list: { kind, fitting, tried },
      },
    };
  }

  /** Each facet visits all entities of the list, or all their related entities. */
  #facets(list: NonNullable<Place['list']>, args: Readonly<Record<string, unknown>>, place: Place) {
    const by = (args.by ?? []) as readonly string[];
    const options = facetOptions(this.#ontology, list.kind);
    const each = by.reduce((sum, name) => {
      const option = options.get(name);
      const relation = option && 'relation' in option ? option.relation : null;
      const related = relation
        ? expectedFollowed(this.#statistics, relation, list.kind) +
          2 * averageFanOut(this.#statistics, relation, list.kind)
        : 0;
      return sum + list.tried + list.fitting * (1 + related);
    }, 0);
    const buckets = Math.max(0, Math.min(Number(args.first ?? limits.defaultBuckets), limits.buckets));
    const sizes = { ...place.sizes, facets: by.length, buckets };
    return { work: place.visits * each, below: { ...place, sizes } };
  }
}

/**
 * Estimates the cost of an operation before execution, from its page sizes (given, from variables, or default), multiplied
 * along the nesting, and the numbers of entities and relations in the graph.
 * @throws GraphQLError LIMIT_EXCEEDED if there are too many fields to count, BAD_USER_INPUT if a field does not answer of
 * the earlier state that the operation asks about
 */
export function costOf(
  operation: OperationDefinitionNode,
  document: Document & { readonly fragments: Readonly<Record<string, FragmentDefinitionNode>> },
  statistics: Statistics,
): Cost {
  const { schema, variableValues } = document;
  const past = asksAboutPast({ schema, operation, variableValues });
  const walk = new Walk(document, statistics, { past });
  const read = walk.start(operation);
  const shares = [...read, ...citationCost(operation, variableValues, total(read)), ...(past ? [asOfCost] : [])];
  return { estimated: Math.ceil(total(shares)), heaviest: heaviestPart(shares), faulty: walk.faulty };
}
