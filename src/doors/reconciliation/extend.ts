import { possibleIds } from '../../graphql/identifiers.ts';
import { type Ask, dataOf } from '../../graphql/internal-client/ask.ts';
import { isObject, type JsonObject } from '../../graphql/internal-client/json.ts';
import type { Asked } from '../../graphql/internal-client/root-question.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import {
  type ChosenValue,
  chosenValues,
  listedProperties,
  propertyOf,
  targetOf,
  typeNamed,
  valuesSelection,
} from './properties.ts';
import { bounds, ReconciliationRefused, readJson } from './reconciliation-query.ts';

/** One value as the specification writes it (Reconciliation API 0.2, section 6.3). */
type Cell =
  | { readonly str: string }
  | { readonly float: number }
  | { readonly int: number }
  | { readonly date: string }
  | { readonly id: string; readonly name: string };

export interface ExtensionResponse {
  readonly meta: readonly { readonly id: string; readonly name: string; readonly type?: { readonly id: string } }[];
  readonly rows: Readonly<Record<string, Readonly<Record<string, readonly Cell[]>>>>;
}

/** Values of a relation that are returned. */
const EACH = 100;

/** IDs in one `nodes`. */
const PAGE = 100;

interface ExtensionQuery {
  readonly ids: readonly string[];
  readonly properties: readonly string[];
}

/** @throws ReconciliationRefused */
function readExtension(ontology: Ontology, text: string): ExtensionQuery {
  const { ids, properties } = readJson('extend', text);
  const isText = (value: unknown): value is string => typeof value === 'string';
  if (!Array.isArray(ids) || !ids.every(isText))
    throw new ReconciliationRefused('`ids` of `extend` must be a list of identifiers.');
  if (!Array.isArray(properties)) throw new ReconciliationRefused('`properties` of `extend` must be a list.');
  if (
    ids.length > bounds.ids ||
    properties.length > bounds.extended ||
    ids.length * properties.length > bounds.values
  ) {
    throw new ReconciliationRefused(
      `An extension takes at most ${bounds.ids} ids, ${bounds.extended} properties, and ${bounds.values} values (ids times properties). Send the others in further requests.`,
      'LIMIT_EXCEEDED',
    );
  }
  const known = new Set(listedProperties(ontology, ontology.kindNames).map(({ id }) => id));
  const wanted = properties.map((property: unknown) => (isObject(property) ? property.id : undefined));
  const unknown = wanted.find((id) => !isText(id) || !known.has(id));
  if (unknown !== undefined || wanted.includes(undefined)) {
    throw new ReconciliationRefused(
      `There is no property ${String(unknown).slice(0, 50)}. /reconcile/extend/propose?type=… lists them.`,
    );
  }
  return { ids, properties: wanted.filter(isText) };
}

function cellOf(type: string | undefined, value: ChosenValue): Cell {
  if (typeof value === 'object') return { id: value.slug, name: value.name };
  if (typeof value === 'number') return type === 'int' ? { int: value } : { float: value };
  // A date that is less precise than a day is a text: as a date it would claim a day.
  if (type === 'date' && /^\d{4}-\d\d-\d\d$/.test(String(value))) return { date: `${value}T00:00:00Z` };
  return { str: String(value) };
}

/** Values of properties of entities; unknown identifiers have none. @throws ReconciliationRefused, QuestionFailed */
export async function extend(
  { ontology }: Pick<Asked, 'ontology'>,
  ask: Ask,
  text: string,
): Promise<ExtensionResponse> {
  const { ids, properties } = readExtension(ontology, text);
  const own = ontology.kindNames
    .map((kind) => {
      const values = valuesSelection(ontology, kind, properties, EACH);
      return values === '' ? '' : `... on ${kind} { ${values} }`;
    })
    .join(' ');
  const identify = 'query ReconcileKinds($ids: [ID!]!) { nodes(ids: $ids) { id } }';
  const query = `query Extend($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on Entity { slug } ${own} } }`;
  const inPages = async (asked: string, all: readonly string[]) => {
    const found: JsonObject[] = [];
    for (let from = 0; from < all.length; from += PAGE) {
      const variables = { ids: all.slice(from, from + PAGE) };
      const { nodes } = dataOf(await ask({ query: asked, variables }, { isOwnDocument: true }));
      for (const node of nodes as (JsonObject | null)[]) if (node) found.push(node);
    }
    return found;
  };
  const existing = await inPages(identify, possibleIds(ontology, [...new Set(ids)]));
  const entities = await inPages(
    query,
    existing.map(({ id }) => String(id)),
  );
  const bySlug = new Map(entities.map((entity) => [String(entity.slug), entity]));
  const rowOf = (entity: JsonObject | undefined) =>
    Object.fromEntries(
      properties.map((id) => {
        if (!entity) return [id, []];
        const kind = entity.__typename as Kind;
        const type = propertyOf(ontology, kind, id)?.type;
        return [id, chosenValues(ontology, kind, entity, id).map((value) => cellOf(type, value))];
      }),
    );
  const names = new Map(listedProperties(ontology, ontology.kindNames).map(({ id, name }) => [id, name]));
  return {
    meta: properties.map((id) => {
      const target = targetOf(ontology, id);
      return { id, name: names.get(id) ?? id, ...(target === undefined ? {} : { type: typeNamed(ontology, target) }) };
    }),
    rows: Object.fromEntries(ids.map((id) => [id, rowOf(bySlug.get(id))])),
  };
}
