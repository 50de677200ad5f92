import { memoize } from '../../../ontology/memoize.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { Kind } from '../../../ontology/vocabulary.ts';
import type { Graph } from '../../graph/graph.ts';
import { queryFile } from '../../graph/query-files.ts';
import { searchIndex } from '../../indexes/search-index.ts';
import { inField, type SearchedField, searchedFieldsOf, textualCategories } from '../../indexes/searched.ts';
import { ofKinds } from '../lucene.ts';
import { shownValue, withSearched } from '../searched-text.ts';
import { pairsOf, typosAllowed, type Word } from '../words.ts';

/** An entity with words of a question in its names. */
export interface Nameable {
  readonly slug: string;
  readonly kind: Kind;
  readonly names: readonly string[];
}

/** A class that words of a question may name: a text that is the value of a property of a kind. */
export interface NameableClass {
  readonly kind: Kind;
  readonly property: string;
  readonly value: string;
}

export interface NamedInQuestion {
  readonly entities: readonly Nameable[];
  readonly classes: readonly NameableClass[];
}

interface NamedParameters {
  readonly named: {
    readonly queries: readonly { readonly as: string; readonly query: string; readonly limit: number }[];
  };
}

type NamedRow = readonly [
  as: string,
  slug: string,
  labels: readonly string[],
  names: readonly (string | null)[],
  classes: readonly (string | null)[],
];

const namedFile = queryFile<NamedParameters, NamedRow>('question-named');

const namedStatement = memoize((ontology: Ontology) => {
  const categories = textualCategories(ontology).map((name) => shownValue(ontology, name, `node.${name}`));
  const text = namedFile.text
    .replaceAll('__SEARCH_INDEX__', searchIndex(ontology).name)
    .replaceAll('__CATEGORIES__', categories.join(', '));
  return { ...namedFile, text: withSearched(ontology, text) };
});

/** Entities looked at by their names, by their classes, and for words that may be misspelt. */
const MOST_NAMED = 300;
const MOST_IN_CLASSES = 300;
const MOST_SIMILAR = 30;

/** Entities that are read to find out what a question names. */
export const MOST_NAMEABLE = MOST_NAMED + MOST_IN_CLASSES + MOST_SIMILAR;

/** A pair of signs tells something; one stands in too many names. */
const exactTerms = ({ text, ideographs }: Word): readonly string[] =>
  ideographs ? pairsOf(text).map((pair) => `"${pair}"`) : [text];

const similarTerms = (word: Word): readonly string[] => {
  const typos = typosAllowed(word);
  return typos > 0 ? [`${word.text}~${typos}`] : [];
};

const anyOf = (fields: readonly SearchedField[], terms: readonly string[]): string =>
  fields.flatMap((field) => terms.map((term) => inField(field, term))).join(' OR ');

const fieldsOf = memoize((ontology: Ontology) => searchedFieldsOf(ontology, ontology.kindNames));

/** Sources are no subject of questions. */
const askedAbout = ({ kindNames, provenance }: Ontology) => kindNames.filter((kind) => kind !== provenance?.kind);

async function readNamed(
  graph: Graph,
  queries: readonly { readonly as: string; readonly query: string; readonly limit: number }[],
): Promise<NamedInQuestion> {
  const { ontology } = graph;
  const asked = queries.filter(({ query }) => query !== '');
  if (asked.length === 0) return { entities: [], classes: [] };
  const rows = await graph.read(namedStatement(ontology), {
    named: { queries: asked.map((each) => ({ ...each, query: ofKinds(ontology, each.query, askedAbout(ontology)) })) },
  });
  const properties = textualCategories(ontology);
  const entities: Nameable[] = [];
  const classes = new Map<string, NameableClass>();
  for (const [as, slug, labels, names, values] of rows) {
    const kind = ontology.kindOf(labels);
    if (kind === undefined) continue;
    if (as !== 'class') entities.push({ slug, kind, names: names.flatMap((name) => name ?? []) });
    else {
      for (const [index, value] of values.entries()) {
        const property = properties[index];
        if (value !== null && property !== undefined)
          classes.set(`${kind} ${property} ${value}`, { kind, property, value });
      }
    }
  }
  return { entities, classes: [...classes.values()] };
}

/** Entities of any kind, and classes, that words of a folded question may name. @throws GraphError */
export function namedInQuestion(graph: Graph, words: readonly Word[]): Promise<NamedInQuestion> {
  const { names, categories } = fieldsOf(graph.ontology);
  const terms = [...new Set(words.flatMap(exactTerms))];
  return readNamed(graph, [
    { as: 'name', query: anyOf(names, terms), limit: MOST_NAMED },
    { as: 'class', query: anyOf(categories, terms), limit: MOST_IN_CLASSES },
  ]);
}

/** Entities with names like words that may be misspelt. @throws GraphError */
export async function namedAlike(graph: Graph, words: readonly Word[]): Promise<readonly Nameable[]> {
  const { names } = fieldsOf(graph.ontology);
  const terms = [...new Set(words.flatMap(similarTerms))];
  const { entities } = await readNamed(graph, [{ as: 'similar', query: anyOf(names, terms), limit: MOST_SIMILAR }]);
  return entities;
}
