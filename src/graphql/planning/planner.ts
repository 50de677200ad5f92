import { GraphQLError, type GraphQLResolveInfo } from 'graphql';
import { preparedFilter } from '../../engine/costs/list-cost.ts';
import { areConditionsScanCheap } from '../../engine/costs/scanned-relations.ts';
import type { RelationReading } from '../../engine/graph/pattern.ts';
import { reversed } from '../../engine/reads/degrees.ts';
import { isOfEdge } from '../../engine/reads/filter.ts';
import {
  type ConnectionPlan,
  type EdgePlan,
  type EntityPlan,
  hasFacets,
  hasPrefetched,
  nothingOfTheEdge,
  numbered,
  type RelationPlan,
  type TargetPlan,
  type ToOnePlan,
  widthOf,
} from '../../engine/reads/plan.ts';
import {
  areTargetsScanCheap,
  entityCount,
  expectedDistinct,
  expectedFanOut,
  indexScanThreshold,
  isScanCheap,
  type ListToScan,
  listScanThreshold,
  type Statistics,
} from '../../engine/reads/statistics.ts';
import type { Ontology, RelationField } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { parseFilter } from '../arguments/filter-input.ts';
import { parseOrder, signatureOf } from '../arguments/order-input.ts';
import { type ConnectionArguments, pageOf } from '../arguments/paging.ts';
import { limitExceeded } from '../errors.ts';
import { limits } from '../limits.ts';
import { connectionTypeName, edgeTypeName, listName, ownerOf, relationFieldOf } from '../names.ts';
import { planEdge } from './edge-plan.ts';
import { planFacets } from './facet-plan.ts';
import { type FieldNeeds, type Fields, named, type Selection, SelectionReader, selects } from './selection.ts';

/** Position of the planner in the response. */
interface Place {
  /** Relations above. */
  readonly depth: number;
  /** Expected number of visits of the statement. */
  readonly visits: number;
  /** The relation that leads here, as the entities here read it. */
  readonly via?: RelationReading;
}

/**
 * Maximum nesting of relations in one statement. The planning time of Neo4j grows faster than the nesting: 0.2 s for
 * three, 0.4 s for six, 2 s for twelve.
 */
const NESTING_PER_STATEMENT = 6;

export interface PlannerOptions {
  /** Plan relations below relations into the same statement. */
  readonly deep: boolean;
  /** Targets are shared if each is expected to be met at least this number of times. */
  readonly sharedFrom: number;
}

/** The selection of a connection whose entities are not found by a plan. */
export interface ListedPlan {
  /** How its entities are read; `null` if none are selected. */
  readonly target: TargetPlan | null;
  readonly asks: (field: string) => boolean;
  readonly asksOfEdges: (field: string) => boolean;
}

/**
 * Turns the selection below a field into a read plan. Fragments, aliases, `@skip` and `@include`, interfaces, and
 * both ways into a connection (`nodes`, `edges { node }`) end in the same plan.
 */
export class Planner {
  readonly #selected: SelectionReader;
  readonly #statistics: Statistics;
  readonly #ontology: Ontology;
  readonly #options: PlannerOptions;
  #relations = 0;

  constructor(info: GraphQLResolveInfo, statistics: Statistics, options: PlannerOptions) {
    this.#selected = new SelectionReader(info);
    this.#statistics = statistics;
    this.#ontology = statistics.ontology;
    this.#options = options;
  }

  /** A page of all entities of a kind. @throws GraphQLError BAD_USER_INPUT, INVALID_CURSOR, LIMIT_EXCEEDED */
  page(kind: Kind, field: string, args: ConnectionArguments, selection: Selection): ConnectionPlan {
    const place = { depth: 0, visits: 1 };
    return this.#connection(null, kind, { field, list: kind }, args, selection, place);
  }

  /** Entities found one by one. @throws GraphQLError LIMIT_EXCEEDED */
  entities(target: Kind | 'Entity', count: number, selection: Selection): TargetPlan {
    return this.#target(target, selection, { depth: 0, visits: count });
  }

  /**
   * The selection of a connection whose entities are found first and read afterwards.
   * @throws GraphQLError LIMIT_EXCEEDED
   */
  listed(list: string, count: number, selection: Selection): ListedPlan {
    const fields = this.#selected.fields(connectionTypeName(list), selection);
    const edgeFields = this.#selected.fields(edgeTypeName(list), named(fields, 'edges'));
    const nodes = [...named(fields, 'nodes'), ...named(edgeFields, 'node')];
    const place = { depth: 0, visits: count };
    return {
      target: nodes.length > 0 ? this.#target('Entity', nodes, place) : null,
      asks: (name) => selects(fields, name),
      asksOfEdges: (name) => selects(edgeFields, name),
    };
  }

  /** One relation of entities of a kind. @throws GraphQLError BAD_USER_INPUT, INVALID_CURSOR, LIMIT_EXCEEDED */
  relation(kind: Kind, field: RelationField, args: ConnectionArguments, selection: Selection): RelationPlan {
    return this.#relation(kind, field, args, selection, { depth: 0, visits: 1 });
  }

  #target(target: Kind | 'Entity', selection: Selection, place: Place): TargetPlan {
    if (target !== 'Entity')
      return { kind: target, ...this.#entity(target, this.#selected.fields(target, selection), place) };
    // Fields selected of every kind are read once; only those added by fragments depend on the kind.
    const fields = this.#selected.fields(target, selection);
    const shared = this.#entity(target, fields, place);
    const ofKind = (kind: Kind): EntityPlan => {
      const added = [...this.#selected.fields(kind, selection)].filter(
        ([key, nodes]) => nodes.length !== fields.get(key)?.length,
      );
      return { kind, ...this.#entity(kind, new Map(added), place, shared) };
    };
    const kinds = Object.fromEntries(this.#ontology.kindNames.map((kind) => [kind, ofKind(kind)]));
    return { kind: 'Entity', shared, kinds };
  }

  /** The columns for fields of entities of a kind, appended to those of the extended plan. */
  #entity(
    kind: Kind | 'Entity',
    fields: Fields,
    place: Place,
    extended?: Omit<EntityPlan, 'kind'>,
  ): Omit<EntityPlan, 'kind'> {
    const { depth } = place;
    const cut = !this.#options.deep || (depth > 0 && depth % NESTING_PER_STATEMENT === 0);
    const below = { ...place, depth: depth + 1 };

    const properties = new Set<string>();
    const relations = new Map<string, RelationPlan | undefined>(Object.entries(extended?.relations ?? {}));
    const isRepeated = this.#selected.repeatedIn(fields);
    const known = new Map<string, RelationPlan | null>();
    for (const [key, nodes] of fields) {
      const name = nodes[0]?.name.value ?? '';
      for (const node of nodes) for (const property of this.#needs(kind, node.name.value)) properties.add(property);
      const relation = relationFieldOf(this.#ontology, kind, name);
      const field = relation && this.#selected.isOneField(kind, nodes) ? relation : undefined;
      const same = field && isRepeated.has(name) ? this.#selected.textOf(kind, nodes) : undefined;
      const plan =
        (same === undefined ? undefined : known.get(same)) ?? (field ? this.#nested(kind, field, nodes, below) : null);
      if (same !== undefined) known.set(same, plan);
      // If a kind selects another field under a shared response key, the key is not planned for any kind.
      relations.set(key, plan ?? undefined);
    }
    const start = extended ? widthOf(extended) + 1 : 1;
    const columns = [...properties].filter((property) => !Object.hasOwn(extended?.columns ?? {}, property));
    const planned = [...relations].filter((entry): entry is [string, RelationPlan] => entry[1] !== undefined);
    const isShared = ([key, plan]: [string, RelationPlan]) => extended?.relations[key] === plan;
    const keys = cut ? [] : planned.filter((entry) => !isShared(entry) && !hasFacets(entry[1])).map(([key]) => key);
    const sharedKeys = planned.filter(isShared).map(([key]) => key);
    const distinct = [...new Set(keys.map((key) => relations.get(key)))];
    const columnOf = (key: string) => start + columns.length + distinct.indexOf(relations.get(key));
    return {
      columns: { ...extended?.columns, ...numbered(columns, start) },
      relations: Object.fromEntries(planned),
      prefetched: {
        ...pick(extended?.prefetched ?? {}, sharedKeys),
        ...Object.fromEntries(keys.map((key) => [key, columnOf(key)])),
      },
    };
  }

  /** The properties that a field other than a relation reads. */
  #needs(kind: Kind | 'Entity', name: string): readonly string[] {
    if (Object.hasOwn(this.#ontology.propertiesOf(kind), name)) return [name];
    const { needs = [] } = this.#selected.extensions(kind, name) as FieldNeeds;
    return needs;
  }

  /** Relations with invalid arguments are left to their resolvers, so that the error appears at the right path. */
  #nested(kind: Kind | 'Entity', field: RelationField, selection: Selection, place: Place): RelationPlan | null {
    try {
      return this.#relation(kind, field, this.#selected.arguments(kind, selection), selection, place);
    } catch (error) {
      if (error instanceof GraphQLError && error.extensions.code !== 'LIMIT_EXCEEDED') return null;
      throw error;
    }
  }

  #relation(
    kind: Kind | 'Entity',
    field: RelationField,
    args: ConnectionArguments,
    selection: Selection,
    place: Place,
  ): RelationPlan {
    const { depth } = place;
    this.#relations += 1;
    if (depth > limits.depth) {
      throw limitExceeded(`Relations are nested more than ${limits.depth} levels deep. Split the request.`);
    }
    if (this.#relations > limits.relations) {
      throw limitExceeded(`The request selects more than ${limits.relations} relation fields. Split it.`);
    }
    if (!field.toOne) {
      const owner = ownerOf(this.#ontology, kind, field);
      const names = { field: `${owner}.${field.name}`, list: listName(owner, field.name) };
      return this.#connection(field, kind, names, args, selection, place);
    }
    const asEdge = selection[0]?.name.value !== field.name;
    return asEdge ? this.#toOneEdge(kind, field, selection, place) : this.#toOne(kind, field, selection, place);
  }

  #toOne(kind: Kind | 'Entity', field: RelationField, selection: Selection, place: Place): ToOnePlan {
    return {
      shape: 'toOne',
      relation: field,
      edge: nothingOfTheEdge,
      isScanCheap: isScanCheap(this.#statistics, kind, field),
      ...this.#related(field, selection, place),
    };
  }

  /** The relation itself is selected, and below it the target. */
  #toOneEdge(kind: Kind | 'Entity', field: RelationField, selection: Selection, place: Place): ToOnePlan {
    const fields = this.#selected.fields(
      edgeTypeName(listName(ownerOf(this.#ontology, kind, field), field.name)),
      selection,
    );
    return { ...this.#toOne(kind, field, named(fields, 'node'), place), edge: this.#edge(field, fields, 0, place) };
  }

  #connection(
    relation: RelationField | null,
    kind: Kind | 'Entity',
    { field, list }: { readonly field: string; readonly list: string },
    args: ConnectionArguments,
    selection: Selection,
    place: Place,
  ): ConnectionPlan {
    const target = relation?.target ?? kind;
    const parsed = parseFilter(this.#ontology, relation ?? target, args.filter);
    const order = parseOrder(this.#ontology, target, args.orderBy, relation ?? undefined);

    const typeName = connectionTypeName(list);
    const fields = this.#selected.fields(typeName, selection);
    const pageInfo = this.#selected.fields('PageInfo', named(fields, 'pageInfo'));
    const edgeFields = this.#selected.fields(edgeTypeName(list), named(fields, 'edges'));
    const cursors = selects(pageInfo, 'startCursor', 'endCursor') || selects(edgeFields, 'cursor');
    // A signature costs a hash, and most lists neither take nor give a cursor.
    const signature = cursors || args.after || args.before ? signatureOf(field, args.orderBy) : '';
    const page = pageOf(args, signature, order);
    const isWhole = selects(fields, 'totalCount', 'facets');
    const wanted = isWhole ? undefined : { order, size: page.size };
    const filter = relation ? parsed : preparedFilter({ kind: target, filter: parsed, page: wanted }, this.#statistics);

    const rows = { ...place, visits: place.visits * this.#pageLength(relation, kind, page.size, place) };
    const nodes = [...named(fields, 'nodes'), ...named(edgeFields, 'node')];

    const facets = planFacets(
      this.#ontology,
      this.#selected,
      { target, via: relation, typeName },
      fields,
      (far, size, nodes) => this.#target(far, nodes, { ...rows, depth: rows.depth + 1, visits: rows.visits * size }),
    );

    return {
      shape: 'connection',
      relation,
      filter,
      order,
      page,
      signature,
      facets,
      indexScanAbove: this.#indexScanAbove(relation, kind, { filter, order, size: page.size }),
      isScanCheap: isScanCheap(this.#statistics, kind, relation),
      areTargetsScanCheap:
        areTargetsScanCheap(this.#statistics, relation ?? kind) &&
        areConditionsScanCheap({ relation, kind, filter, order }, this.#statistics),
      edge: this.#edge(relation, edgeFields, cursors ? order.length : 0, rows),
      ...(relation
        ? this.#related(relation, nodes, rows)
        : { target: this.#target(target, nodes, rows), shared: false }),
      wants: {
        rows: selects(fields, 'edges', 'nodes', 'pageInfo'),
        totalCount: selects(fields, 'totalCount'),
        // One entry more tells whether the default page is all there is.
        hasNextPage: selects(pageInfo, 'hasNextPage') || page.byDefault === true,
        hasPreviousPage: selects(pageInfo, 'hasPreviousPage'),
      },
    };
  }

  #indexScanAbove(relation: RelationField | null, kind: Kind | 'Entity', list: ListToScan): number | null {
    if (!relation) return listScanThreshold(this.#statistics, kind, list);
    return isOfEdge(list.filter) ? null : indexScanThreshold(this.#statistics, relation, kind, list);
  }

  /** How many entities a page is expected to have. */
  #pageLength(relation: RelationField | null, kind: Kind | 'Entity', size: number, { via }: Place): number {
    if (relation) return expectedFanOut(this.#statistics, relation, kind, { via, most: size });
    return Math.min(size, entityCount(this.#statistics, kind));
  }

  /** The targets of a relation, given how often it is followed. Those that many entities share are read once. */
  #related(field: RelationField, selection: Selection, { depth, visits }: Place) {
    const via = reversed(field);
    const distinct = expectedDistinct(this.#statistics, field.target, via, visits);
    const isMetAgain = visits >= this.#options.sharedFrom * distinct;
    const target = this.#target(field.target, selection, { depth, visits: isMetAgain ? distinct : visits, via });
    return { target, shared: isMetAgain && hasPrefetched(target) };
  }

  #edge(relation: RelationField | null, fields: Fields, keys: number, place: Place): EdgePlan {
    const known = relation ? this.#ontology.edgePropertiesOf(relation.relation) : {};
    const below = { ...place, depth: place.depth + 1 };
    return planEdge(known, fields, keys, (nodes) => this.#sources(nodes, below));
  }

  #sources(selection: Selection, place: Place): EntityPlan {
    const kind = this.#ontology.provenance?.kind;
    if (kind === undefined) throw new Error('The ontology has no provenance, so no edge has sources.');
    return { kind, ...this.#entity(kind, this.#selected.fields(kind, selection), place) };
  }
}

const pick = (columns: Readonly<Record<string, number>>, keys: readonly string[]) =>
  Object.fromEntries(Object.entries(columns).filter(([key]) => keys.includes(key)));
