import { setImmediate as giveWay } from 'node:timers/promises';
import { type Ask, dataOf, type Question } from '../../graphql/internal-client/ask.ts';
import type { JsonObject } from '../../graphql/internal-client/json.ts';
import type { Asked } from '../../graphql/internal-client/root-question.ts';
import { constantCase } from '../../ontology/letter-case.ts';
import { namedKind } from '../../ontology/named-kind.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { type Candidate, ranked, rated } from './candidates.ts';
import { aliasOf, listedProperties, valuesSelection, withOwnNames } from './properties.ts';
import { bounds, type ReconciliationQuery, ReconciliationRefused } from './reconciliation-query.ts';
import { valueFilter } from './value-filter.ts';

/** Searches, and lists of kinds, in one operation: few enough that the database answers it soon, and others come between. */
const SEARCHES = 5;
const LISTS = 10;

/** The same for queries with more properties than `FEW`: each is an alias for each kind, of which an operation has 300. */
const FEW = 3;
const LARGE_SEARCHES = 2;

/** Entities that are compared with a query: those with the best names, and as many of each kind with the wanted values. */
const COMPARED = 20;

/** Values of a relation that are compared. */
const EACH = 20;

/** Kinds that are found when no type is wanted: all but sources, which are evidence. */
export const usualKinds = ({ kindNames, provenance }: Ontology): readonly Kind[] =>
  kindNames.filter((kind) => kind !== provenance?.kind);

function kindsOf(ontology: Ontology, { types, prefersTypes }: ReconciliationQuery): readonly Kind[] {
  const kinds = [...new Set(types)].map((type) => {
    const kind = namedKind(ontology, type);
    if (kind !== undefined) return kind;
    const known = ontology.kindNames.map(constantCase).join(', ');
    throw new ReconciliationRefused(`There is no type ${type.slice(0, 50)}. The types are ${known}.`);
  });
  return kinds.length === 0 || prefersTypes ? usualKinds(ontology) : kinds;
}

const idsOf = ({ values }: ReconciliationQuery): readonly string[] => values.map(({ property }) => property);

/** @throws ReconciliationRefused if no kind has one of the properties */
function checkProperties(ontology: Ontology, queries: readonly ReconciliationQuery[]): void {
  const known = new Set(['slug', ...listedProperties(ontology, ontology.kindNames).map(({ id }) => id)]);
  const unknown = queries.flatMap(idsOf).find((id) => !known.has(id));
  if (unknown === undefined) return;
  throw new ReconciliationRefused(
    `There is no property ${unknown.slice(0, 50)}. The suggest service for properties lists them.`,
  );
}

const nameProperties = ({ propertiesOf }: Ontology, kind: Kind) =>
  Object.entries(propertiesOf(kind))
    .filter(([name, { searched }]) => name !== 'name' && (searched === 'name' || searched === 'otherName'))
    .map(([name]) => name);

/** The names of a kind, and what may describe it. */
function entitySelection(ontology: Ontology, kind: Kind, ids: readonly string[]): string {
  const shared = new Set(Object.keys(ontology.sharedProperties));
  const own = nameProperties(ontology, kind).filter((name) => !shared.has(name));
  const code = ontology.slugPropertyOf(kind);
  const { description } = ontology.propertiesOf(kind);
  const names = [
    ...own,
    ...(code === undefined ? [] : [code]),
    ...(description?.type === 'text' && !description.list ? ['description'] : []),
  ];
  const fields = [
    ...names.map((name) => `${aliasOf(ontology, kind, name)}: ${name}`),
    valuesSelection(ontology, kind, ids, EACH),
  ].filter((field) => field !== '');
  return fields.length === 0 ? '' : `... on ${kind} { ${[...new Set(fields)].join(' ')} }`;
}

/** A query with the kinds that its entities may have. */
interface Sought {
  readonly name: string;
  readonly query: ReconciliationQuery;
  readonly kinds: readonly Kind[];
}

/** Queries with few enough properties together for one operation; those of most batches have the same. */
interface Group {
  readonly ids: Set<string>;
  readonly sought: Sought[];
}

function groupsOf(all: readonly Sought[]): readonly Group[] {
  const groups: Group[] = [];
  for (const each of all) {
    const own = idsOf(each.query);
    const fits = ({ ids }: Group) => new Set([...ids, ...own]).size <= bounds.properties;
    let group = groups.find(fits);
    if (!group) {
      group = { ids: new Set(), sought: [] };
      groups.push(group);
    }
    for (const id of own) group.ids.add(id);
    group.sought.push(each);
  }
  return groups;
}

/** A list of entities for a query: a root field of an operation, in which it has a number. */
interface Listed {
  readonly name: string;
  readonly arguments: Readonly<Record<string, { readonly type: string; readonly value: unknown }>>;
  readonly field: string;
  readonly selection: string;
}

const byName = ({ name, query, kinds }: Sought): readonly Listed[] => [
  {
    name,
    arguments: {
      query: { type: 'String!', value: query.text },
      kinds: { type: '[EntityKind!]', value: kinds.map(constantCase) },
    },
    field: 'search',
    selection: '...Found',
  },
];

/** Each kind is a list of its own, so a query with a name must want one type. */
const byValues = (ontology: Ontology, { name, query, kinds }: Sought, ids: readonly string[]): readonly Listed[] =>
  query.isNamed && kinds.length > 1
    ? []
    : kinds.flatMap((kind) => {
        const value = valueFilter(ontology, kind, query.values);
        if (!value) return [];
        return {
          name,
          arguments: { filter: { type: `${kind}Filter`, value } },
          field: ontology.kind(kind).plural,
          selection: `...Shared ${entitySelection(ontology, kind, ids)}`,
        };
      });

/** One operation for several lists. Its text depends on their number, kinds and properties alone. */
function questionOf(ontology: Ontology, lists: readonly Listed[], ids: readonly string[]): Question {
  const shared = Object.keys(ontology.sharedProperties).filter(
    (name) => name === 'name' || ['name', 'otherName'].includes(ontology.sharedProperties[name]?.searched ?? ''),
  );
  const own = ontology.kindNames.map((kind) => entitySelection(ontology, kind, ids)).join(' ');
  const identifiers = ontology.identification ? 'identifiers { scheme value match }' : '';
  const given = lists.flatMap((list, n) =>
    Object.entries(list.arguments).map(([name, { type, value }]) => ({ variable: `${name}${n}`, type, value })),
  );
  const fields = lists.map(({ field, selection, arguments: named }, n) => {
    const passed = Object.keys(named).map((name) => `${name}: $${name}${n}`);
    return `l${n}: ${field}(${passed.join(', ')}, first: ${COMPARED}) { nodes { ${selection} } }`;
  });
  const isSearch = lists.some(({ selection }) => selection === '...Found');
  return {
    query: [
      `query Reconcile(${given.map(({ variable, type }) => `$${variable}: ${type}`).join(', ')}) { ${fields.join(' ')} }`,
      `fragment Shared on Entity { __typename slug ${shared.join(' ')} ${identifiers} }`,
      ...(isSearch ? [`fragment Found on Entity { ...Shared ${own} }`] : []),
    ].join(' '),
    variables: Object.fromEntries(given.map(({ variable, value }) => [variable, value])),
  };
}

type Found = JsonObject & { readonly __typename: Kind; readonly slug: string };

/** The candidates of each query of a batch. @throws ReconciliationRefused, QuestionFailed */
export async function reconcile(
  { ontology }: Pick<Asked, 'ontology'>,
  ask: Ask,
  queries: ReadonlyMap<string, ReconciliationQuery>,
): Promise<Readonly<Record<string, { readonly result: readonly Candidate[] }>>> {
  checkProperties(ontology, [...queries.values()]);
  const all = [...queries].map(([name, query]) => ({ name, query, kinds: kindsOf(ontology, query) }));
  const worded = all.filter(({ query }) => query.text.trim() !== '');
  const found = new Map(all.map(({ name }) => [name, new Map<string, Found>()]));
  async function find(lists: readonly Listed[], ids: readonly string[], atOnce: number): Promise<void> {
    for (let from = 0; from < lists.length; from += atOnce) {
      const some = lists.slice(from, from + atOnce);
      const data = dataOf(await ask(questionOf(ontology, some, ids), { isOwnDocument: true }));
      for (const [n, { name }] of some.entries()) {
        const { nodes } = data[`l${n}`] as { readonly nodes: readonly Found[] };
        for (const entity of nodes) found.get(name)?.set(entity.slug, entity);
      }
    }
  }
  for (const group of groupsOf(worded)) {
    const ids = [...group.ids].sort();
    const valued = group.sought.flatMap((sought) => byValues(ontology, sought, ids));
    await find(group.sought.flatMap(byName), ids, ids.length > FEW ? LARGE_SEARCHES : SEARCHES);
    await find(valued, ids, LISTS);
  }
  const results: [name: string, { readonly result: readonly Candidate[] }][] = [];
  for (const { name, query } of all) {
    const candidates: Candidate[] = [];
    for (const entity of found.get(name)?.values() ?? []) {
      candidates.push(rated(ontology, entity.__typename, withOwnNames(entity), query));
      // A batch of many values takes seconds to compare, in which others are answered too.
      await giveWay();
    }
    results.push([name, { result: ranked(candidates, query.limit) }]);
  }
  return Object.fromEntries(results);
}
