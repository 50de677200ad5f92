import { type Ask, dataOf } from '../asking/ask.ts';
import type { JsonObject } from '../asking/json.ts';
import type { Asked } from '../asking/root-question.ts';
import { constantCase } from '../ontology/letter-case.ts';
import { namedKind } from '../ontology/named-kind.ts';
import type { Ontology } from '../ontology/ontology.ts';
import type { Kind } from '../ontology/vocabulary.ts';
import { type Candidate, ranked, rated } from './candidates.ts';
import { aliasOf, listedProperties, valuesSelection, withOwnNames } from './properties.ts';
import { type ReconciliationQuery, ReconciliationRefused } from './reconciliation-query.ts';

/** Queries in one operation: few enough that the database answers it soon, and others come between. */
const AT_ONCE = 5;

/** Entities that are compared with a query. */
const COMPARED = 20;

/** Values of a relation that are compared. */
const EACH = 20;

/** Kinds that are found when no type is wanted: all but sources, which are evidence. */
export const usualKinds = ({ kindNames, provenance }: Ontology): readonly Kind[] =>
  kindNames.filter((kind) => kind !== provenance?.kind);

function kindsOf(ontology: Ontology, { types, prefersTypes }: ReconciliationQuery): readonly Kind[] {
  const kinds = types.map((type) => {
    const kind = namedKind(ontology, type);
    if (kind !== undefined) return kind;
    const known = ontology.kindNames.map(constantCase).join(', ');
    throw new ReconciliationRefused(`There is no type ${type.slice(0, 50)}. The types are ${known}.`);
  });
  return kinds.length === 0 || prefersTypes ? usualKinds(ontology) : kinds;
}

/** @throws ReconciliationRefused if no kind has one of the properties */
function checkProperties(ontology: Ontology, queries: readonly ReconciliationQuery[]): readonly string[] {
  const known = new Set(['slug', ...listedProperties(ontology, ontology.kindNames).map(({ id }) => id)]);
  const ids = [...new Set(queries.flatMap(({ values }) => values.map(({ property }) => property)))].sort();
  const unknown = ids.find((id) => !known.has(id));
  if (unknown === undefined) return ids;
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

/** One operation that searches for several queries. Its text depends on their number and properties alone. */
function searchDocument(ontology: Ontology, count: number, ids: readonly string[]): string {
  const shared = Object.keys(ontology.sharedProperties).filter(
    (name) => name === 'name' || ['name', 'otherName'].includes(ontology.sharedProperties[name]?.searched ?? ''),
  );
  const numbers = Array.from({ length: count }, (_, index) => index);
  const declared = numbers.map((n) => `$q${n}: String!, $k${n}: [EntityKind!]`).join(', ');
  const asked = numbers.map(
    (n) => `s${n}: search(query: $q${n}, kinds: $k${n}, first: ${COMPARED}) { nodes { ...Found } }`,
  );
  const own = ontology.kindNames.map((kind) => entitySelection(ontology, kind, ids)).join(' ');
  const identifiers = ontology.identification ? 'identifiers { scheme value match }' : '';
  return `query Reconcile(${declared}) { ${asked.join(' ')} } fragment Found on Entity { __typename slug ${shared.join(' ')} ${identifiers} ${own} }`;
}

/** The candidates of each query of a batch. @throws ReconciliationRefused, QuestionFailed */
export async function reconcile(
  { ontology }: Pick<Asked, 'ontology'>,
  ask: Ask,
  queries: ReadonlyMap<string, ReconciliationQuery>,
): Promise<Readonly<Record<string, { readonly result: readonly Candidate[] }>>> {
  const ids = checkProperties(ontology, [...queries.values()]);
  const all = [...queries].map(([name, query]) => ({ name, query, kinds: kindsOf(ontology, query) }));
  const worded = all.filter(({ query }) => query.text.trim() !== '');
  const found = new Map<string, readonly Candidate[]>();
  for (let from = 0; from < worded.length; from += AT_ONCE) {
    const some = worded.slice(from, from + AT_ONCE);
    const variables = Object.fromEntries(
      some.flatMap(({ query, kinds }, index) => [
        [`q${index}`, query.text],
        [`k${index}`, kinds.map(constantCase)],
      ]),
    );
    const data = dataOf(
      await ask({ query: searchDocument(ontology, some.length, ids), variables }, { isOwnDocument: true }),
    );
    for (const [index, { name, query }] of some.entries()) {
      const { nodes } = data[`s${index}`] as { nodes: (JsonObject & { __typename: Kind })[] };
      const candidates = nodes.map((entity) => rated(ontology, entity.__typename, withOwnNames(entity), query));
      found.set(name, ranked(candidates, query.limit));
    }
  }
  return Object.fromEntries(all.map(({ name }) => [name, { result: found.get(name) ?? [] }]));
}
