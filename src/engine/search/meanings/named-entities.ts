import { memoize } from '../../../ontology/memoize.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { Graph, Parameters, ReadOptions } from '../../graph/graph.ts';
import { queryFile } from '../../graph/query-files.ts';
import type { Statement } from '../../graph/statement.ts';
import { searchIndex } from '../../indexes/search-index.ts';
import {
  inField,
  type SearchedField,
  searchedFieldsOf,
  searchedIn,
  textualCategories,
} from '../../indexes/searched.ts';
import { ofKinds } from '../lucene.ts';
import { shownValue, withSearched } from '../searched-text.ts';
import { typosAllowed } from '../words.ts';
import { type CategoryValue, categoryValues } from './kind-labels.ts';
import { searchedRelations } from './searched-relations.ts';
import type { Token } from './tokens.ts';

/** An entity by whose names others may be found. */
export interface NamedEntity {
  readonly as: 'name' | 'category' | 'text';
  readonly slug: string;
  readonly name: string;
  readonly names: readonly string[];
  /** The classes that it belongs to, or the texts about it. */
  readonly texts: readonly string[];
}

interface NamedParameters {
  readonly named: {
    readonly queries: readonly { readonly as: string; readonly query: string; readonly limit: number }[];
  };
}

const namedFile = queryFile<
  NamedParameters,
  readonly [
    as: NamedEntity['as'],
    slug: string,
    names: readonly (string | null)[],
    texts: readonly (string | readonly string[] | null)[],
  ]
>('search-named');

const namedStatement = memoize((ontology: Ontology) => {
  const { texts } = searchedIn(ontology);
  const listed = (names: readonly string[]) =>
    names.map((name) => shownValue(ontology, name, `node.${name}`)).join(', ');
  const text = namedFile.text
    .replaceAll('__SEARCH_INDEX__', searchIndex(ontology).name)
    .replaceAll('__CATEGORIES__', listed(textualCategories(ontology)))
    .replaceAll('__TEXTS__', listed(texts));
  return { ...namedFile, text: withSearched(ontology, text) };
});

/** Entities looked at for each way in which words may name them; the best ones come first. */
const MOST_NAMED = 200;
const MOST_IN_CATEGORIES = 500;
const MOST_BY_TEXT = 50;
const MOST_SIMILAR = 50;

const termsOf = ({ text, singular, ideograph }: Token): readonly string[] => {
  if (ideograph) return [text];
  const exact = [...new Set([text, singular])].map((word) => `${word}^4`);
  return singular.length > 3 ? [...exact, `${singular}*`] : exact;
};

const similarTerms = ({ singular, ideograph }: Token): readonly string[] => {
  const typos = typosAllowed({ text: singular, ideographs: ideograph });
  return typos > 0 ? [`${singular}~${typos}`] : [];
};

const anyOf = (
  fields: readonly SearchedField[],
  tokens: readonly Token[],
  termsFor: (token: Token) => readonly string[],
): string =>
  fields
    .flatMap((field) => tokens.flatMap((token) => termsFor(token).map((term) => inField(field, term))))
    .join(' OR ');

async function readNamed(
  graph: Graph,
  queries: readonly { readonly as: NamedEntity['as']; readonly query: string; readonly limit: number }[],
): Promise<readonly NamedEntity[]> {
  const { kinds } = searchedRelations(graph.ontology);
  const asked = queries.filter(({ query }) => query !== '');
  if (kinds.length === 0 || asked.length === 0) return [];
  const rows = await graph.read(namedStatement(graph.ontology), {
    named: { queries: asked.map((each) => ({ ...each, query: ofKinds(graph.ontology, each.query, kinds) })) },
  });
  return rows.map(([as, slug, known, told]) => {
    const all = known.flatMap((name) => name ?? []);
    return { as, slug, name: all[0] ?? slug, names: all, texts: told.flat().flatMap((text) => text ?? []) };
  });
}

const fieldsOf = memoize((ontology: Ontology) => searchedFieldsOf(ontology, searchedRelations(ontology).kinds));

/**
 * Entities that words of a query name, among those by whose names others are found; with those of the classes that words name,
 * and those that texts describe in such words. Bounded, best first.
 * @throws GraphError
 */
export function namedEntities(graph: Graph, tokens: readonly Token[]): Promise<readonly NamedEntity[]> {
  const { names, categories, texts } = fieldsOf(graph.ontology);
  return readNamed(graph, [
    { as: 'name', query: anyOf(names, tokens, termsOf), limit: MOST_NAMED },
    { as: 'category', query: anyOf(categories, tokens, termsOf), limit: MOST_IN_CATEGORIES },
    { as: 'text', query: anyOf(texts, tokens, termsOf), limit: MOST_BY_TEXT },
  ]);
}

/** Entities with names like misspelt words. @throws GraphError */
export function similarlyNamed(graph: Graph, tokens: readonly Token[]): Promise<readonly NamedEntity[]> {
  const { names } = fieldsOf(graph.ontology);
  return readNamed(graph, [{ as: 'name', query: anyOf(names, tokens, similarTerms), limit: MOST_SIMILAR }]);
}

/** Entities of one class looked at. */
const MOST_OF_CATEGORY = 1_000;

/** The kind and the property are of the ontology. */
const categoryStatement = ({
  kind,
  property,
}: Pick<CategoryValue, 'kind' | 'property'>): Statement<Parameters, readonly [slug: string, name: string]> => ({
  name: 'search-category',
  text: `MATCH (node:${kind} {${property}: $category.value}) RETURN node.id AS slug, node.name AS name LIMIT toInteger($category.limit)`,
});

/** The entities of a class that is a value of an enumeration. @throws GraphError */
export async function entitiesOfCategory(
  graph: Graph,
  category: CategoryValue,
): Promise<readonly { readonly slug: string; readonly name: string }[]> {
  const parameters = { category: { value: category.value, limit: MOST_OF_CATEGORY } };
  const rows = await graph.read(categoryStatement(category), parameters);
  return rows.map(([slug, name]) => ({ slug, name }));
}

/** Runs the statements of this file on nothing, so that Neo4j has planned them. @throws GraphError */
export async function planNamed(graph: Graph, options: ReadOptions): Promise<void> {
  const { kinds } = searchedRelations(graph.ontology);
  if (kinds.length > 0) await graph.read(namedStatement(graph.ontology), { named: { queries: [] } }, options);
  const nothing = { category: { value: '', limit: 0 } };
  const statements = categoryValues(graph.ontology, kinds).map(categoryStatement);
  const distinct = new Map(statements.map((statement) => [statement.text, statement]));
  for (const statement of distinct.values()) await graph.read(statement, nothing, options);
}
