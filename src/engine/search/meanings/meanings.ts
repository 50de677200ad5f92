import type { Ontology } from '../../../ontology/ontology.ts';
import type { Kind } from '../../../ontology/vocabulary.ts';
import type { Graph } from '../../graph/graph.ts';
import { foldText } from '../folding.ts';
import { MOST_WORDS } from '../words.ts';
import { categoryValues, kindLabels } from './kind-labels.ts';
import { entitiesOfCategory, type NamedEntity, namedEntities, similarlyNamed } from './named-entities.ts';
import { type Candidate, partsOfQuery, type QueryPart } from './parts-of-query.ts';
import { searchedRelations } from './searched-relations.ts';
import { datedIn, type NamedTime, timeIn, YEAR } from './times.ts';
import { partRuns, type Run, similarRuns, type Token, tokensOf, wholeRuns } from './tokens.ts';

/** An entity that words of a query may mean. */
export interface MeantEntity {
  readonly slug: string;
  /** Its name, or the class or the text by which it is meant. */
  readonly text: string;
  /** How surely it is meant, up to 1. */
  readonly weight: number;
}

/** Words of a query that mean one thing: themselves, and whatever is related to the entities that they may mean. */
export interface QueryTerm {
  readonly tokens: readonly Token[];
  readonly entities: readonly MeantEntity[];
  /** Other names of what is meant, folded, which texts may contain instead of the words. */
  readonly synonyms: readonly string[];
  /** The time that they mean, and the entities with a date in it. */
  readonly time?: NamedTime & { readonly dated: readonly string[] };
}

/** Whether words of a query mean more than themselves. */
export const isMeant = ({ entities, time }: QueryTerm): boolean => entities.length > 0 || time !== undefined;

/** What a query means beside its words. */
export interface QueryInterpretation {
  readonly units: readonly QueryTerm[];
  /** The kinds that the query names; `null` if it names none. */
  readonly kinds: readonly Kind[] | null;
  /** The words that name kinds. */
  readonly kindWords: readonly { readonly words: readonly string[]; readonly kind: Kind }[];
}

type Meant = { readonly kind: Kind } | { readonly entity: MeantEntity; readonly names: readonly string[] };

/** How surely a name is meant by all of its words, by its class, by some of its words, by similar ones, and by a text about it. */
export const WHOLE = 1;
const CATEGORY = 0.9;
const PART = 0.5;
const SIMILAR = 0.3;
const TEXT = 0.4;

const MOST_MEANT = 400;
const MOST_TOKENS = 40;
const MOST_SYNONYMS = 4;

/** Whether a folded name tells in a text that it is meant: a code such as CO or PER may be any word. */
const isTelling = (name: string): boolean => !/^[a-z]{1,3}$/.test(name);

/** The tokens of a query in which meanings are looked for. */
const queryTokens = (folded: string): readonly Token[] => {
  const tokens = tokensOf(folded);
  return tokens.slice(0, tokens.some(({ ideograph }) => ideograph) ? MOST_TOKENS : MOST_WORDS);
};

interface Stages {
  readonly whole: Candidate<Meant>[];
  readonly part: Candidate<Meant>[];
  readonly similar: Candidate<Meant>[];
}

/** Characters of a text that words are compared with. */
const TEXT_LENGTH = 400;

function addNamed(stages: Stages, query: readonly Token[], { as, slug, name, names, texts }: NamedEntity): void {
  const add = (stage: Candidate<Meant>[], runs: readonly Run[], text: string, weight: (run: Run) => number) => {
    for (const run of runs) stage.push({ ...run, meaning: { entity: { slug, text, weight: weight(run) }, names } });
  };
  for (const text of as === 'name' ? names : texts) {
    const tokens = tokensOf(foldText(text.slice(0, TEXT_LENGTH)));
    const whole = as === 'text' ? [] : wholeRuns(query, tokens);
    add(stages.whole, whole, text, () => (as === 'name' ? WHOLE : CATEGORY));
    if (whole.length > 0) continue;
    const parts = partRuns(query, tokens);
    if (as === 'text') add(stages.part, parts, name, () => TEXT);
    else if (as === 'category') add(stages.part, parts, text, () => CATEGORY - 0.1);
    else add(stages.part, parts, text, ({ share }) => PART + 0.3 * share);
  }
}

function addSimilar(stage: Candidate<Meant>[], query: readonly Token[], slug: string, names: readonly string[]): void {
  for (const text of names) {
    for (const run of similarRuns(query, tokensOf(foldText(text)))) {
      stage.push({ ...run, meaning: { entity: { slug, text, weight: SIMILAR + 0.2 * run.share }, names: [] } });
    }
  }
}

/** Kinds that a query names. */
function addKinds(stages: Stages, query: readonly Token[], ontology: Ontology): void {
  for (const { kind, label } of kindLabels(ontology)) {
    for (const run of wholeRuns(query, label)) stages.whole.push({ ...run, meaning: { kind } });
  }
}

/** Classes that a query names, with the entities of each. */
async function addCategories(stages: Stages, query: readonly Token[], graph: Graph): Promise<void> {
  const named = categoryValues(graph.ontology, searchedRelations(graph.ontology).kinds)
    .map((category) => ({ category, runs: wholeRuns(query, category.label) }))
    .filter(({ runs }) => runs.length > 0);
  const members = await Promise.all(named.map(({ category }) => entitiesOfCategory(graph, category)));
  for (const [index, { category, runs }] of named.entries()) {
    for (const { slug } of members[index] ?? []) {
      const entity = { slug, text: category.value, weight: CATEGORY };
      for (const run of runs) stages.whole.push({ ...run, meaning: { entity, names: [] } });
    }
  }
}

/** Each entity once, as it is meant most surely. */
function surest(entities: readonly MeantEntity[]): readonly MeantEntity[] {
  const bySlug = new Map<string, MeantEntity>();
  for (const entity of entities) {
    if (entity.weight > (bySlug.get(entity.slug)?.weight ?? 0)) bySlug.set(entity.slug, entity);
  }
  return [...bySlug.values()].toSorted((left, right) => right.weight - left.weight).slice(0, MOST_MEANT);
}

/** The time that a query means, where anything has a date in it. @throws GraphError */
async function timeUnit(graph: Graph, query: readonly Token[]): Promise<QueryTerm | null> {
  const labels = kindLabels(graph.ontology).filter(({ label }) => wholeRuns(query, label).length > 0);
  const kinds = labels.map(({ kind }) => kind);
  const time = timeIn(query, kinds, graph.ontology);
  const dated = time ? await datedIn(graph, time, kinds) : [];
  if (!time || dated.length === 0) return null;
  const tokens = query.filter(({ text }, at) => time.positions.has(at) && text !== YEAR);
  return { tokens, entities: [], synonyms: [], time: { ...time, dated } };
}

/**
 * What a folded query means: the kinds that it names, and for the rest, which words belong together and which entities they
 * may mean. `null` where there is nothing beside its words: it is one word or one name that has no other form, or its words
 * mean nothing that others are found by.
 * @throws GraphError
 */
export async function findMeanings(graph: Graph, folded: string): Promise<QueryInterpretation | null> {
  const all = queryTokens(folded);
  if (all.length < 2) return null;
  const time = await timeUnit(graph, all);
  const query = time?.time ? all.filter((_, at) => !time.time?.positions.has(at)) : all;
  const stages: Stages = { whole: [], part: [], similar: [] };
  addKinds(stages, query, graph.ontology);
  const [named] = await Promise.all([namedEntities(graph, query), addCategories(stages, query, graph)]);
  for (const entity of named) addNamed(stages, query, entity);
  const isOpen = ({ meanings }: QueryPart<Meant>) => meanings.length === 0;
  const open = partsOfQuery(query, [stages.whole, stages.part]).filter(isOpen);
  if (open.length > 0) {
    for (const { slug, names } of await similarlyNamed(
      graph,
      open.flatMap(({ tokens }) => tokens),
    )) {
      addSimilar(stages.similar, query, slug, names);
    }
  }
  const parts = partsOfQuery(query, [stages.whole, stages.part, stages.similar]);

  const kindWords = parts.flatMap(({ tokens, meanings }) =>
    meanings.flatMap(({ meaning }) =>
      'kind' in meaning ? [{ words: tokens.map(({ text }) => text), kind: meaning.kind }] : [],
    ),
  );
  const ofWords = parts
    .filter(({ meanings }) => !meanings.some(({ meaning }) => 'kind' in meaning))
    .map(({ tokens, meanings }): QueryTerm => {
      const meant = meanings.flatMap(({ meaning }) => ('entity' in meaning ? [meaning] : []));
      const names = meant.flatMap(({ entity, names: all }) => (entity.weight === WHOLE ? all.map(foldText) : []));
      const synonyms = [...new Set(names)].filter(isTelling).slice(0, MOST_SYNONYMS);
      return { tokens, entities: surest(meant.map(({ entity }) => entity)), synonyms };
    });
  const units = time ? [...ofWords, time] : ofWords;
  if (!units.some(isMeant)) return null;
  const [lone] = units;
  if (lone && !lone.time && units.length === 1 && kindWords.length === 0) {
    // Many texts are in English alone, so a Chinese name is looked for in its other forms too.
    const hasOthers = query[0]?.ideograph && lone.synonyms.length > 0;
    return hasOthers ? { units: [{ ...lone, entities: [] }], kinds: null, kindWords } : null;
  }
  const kinds = [...new Set(kindWords.map(({ kind }) => kind))];
  return { units, kinds: kinds.length > 0 ? kinds : null, kindWords };
}
