import { memoize } from '../../../ontology/memoize.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../../ontology/vocabulary.ts';
import type { Graph, ReadOptions } from '../../graph/graph.ts';
import { queryFile } from '../../graph/query-files.ts';
import { foldText } from '../folding.ts';
import { DividedText } from '../highlight.ts';
import { mappedInTurns } from '../mapped-in-turns.ts';
import { type Word, wordsLookedFor } from '../words.ts';
import type { QueryInterpretation, QueryTerm } from './meanings.ts';
import { withSearchedRelations } from './searched-relations.ts';
import { isWithin } from './times.ts';
import { type Token, tokensOf } from './tokens.ts';

/** What words of a query met in a match: a property of it, its kind, or an entity that it is related to. */
export interface WordMatch {
  /** As they are compared: without case and accents. */
  readonly words: readonly string[];
  readonly field: string | null;
  readonly kind: Kind | null;
  /** The related entity, the name or class of it that was met, and the relations that lead to it. */
  readonly slug: string | null;
  readonly text: string | null;
  readonly through: readonly RelationType[];
}

/** A match, with the texts that search covers. */
interface ReadMatch {
  readonly slug: string;
  readonly kind: Kind | undefined;
  readonly values: readonly (readonly [field: string, value: unknown])[];
}

interface ExplainedParameters {
  readonly explained: { readonly slugs: readonly string[]; readonly named: readonly string[] };
}

const explainedFile = queryFile<
  ExplainedParameters,
  readonly [slug: string, named: string, through: readonly RelationType[]]
>('search-explained');

const explained = memoize((ontology: Ontology) => ({
  ...explainedFile,
  text: withSearchedRelations(ontology, explainedFile.text),
}));

const once = <Value>(make: () => Value) => {
  let made: { readonly value: Value } | undefined;
  return (): Value => {
    made ??= { value: make() };
    return made.value;
  };
};

const nothing = { field: null, kind: null, slug: null, text: null, through: [] };

/** The texts of a match, names first. Each is divided and folded once, and only if it is looked at. */
class MatchTexts {
  readonly #texts: readonly {
    readonly field: string;
    readonly divided: () => DividedText;
    readonly spaced: () => string;
  }[];

  constructor({ slug, values }: ReadMatch) {
    this.#texts = [...values, ['slug', slug] as const].flatMap(([field, value]) =>
      [value].flat().flatMap((text) => {
        if (typeof text !== 'string') return [];
        return [{ field, divided: once(() => new DividedText(text)), spaced: once(() => spaced(foldText(text))) }];
      }),
    );
  }

  /** The property that contains all of some words. */
  fieldWith(words: readonly Word[]): string | undefined {
    return this.#texts.find(({ divided }) => words.every((word) => divided().has(word)))?.field;
  }

  /** The property that has the words of a unit or, if none has them, another name of what they mean, as it is. */
  fieldWithUnit({ tokens, synonyms }: QueryTerm): string | undefined {
    const names = synonyms.map(spaced).filter((name) => name !== '');
    return (
      this.fieldWith(wordsOf(tokens)) ??
      this.#texts.find((text) => names.some((name) => text.spaced().includes(name)))?.field
    );
  }
}

/** The words of a unit or a name, so that plurals are found too. */
function wordsOf(tokens: readonly Token[]): readonly Word[] {
  if (tokens[0]?.ideograph) return [{ text: tokens.map(({ text }) => text).join(''), ideographs: true }];
  return tokens.map(({ singular, ideograph }) => ({ text: singular, ideographs: ideograph }));
}

const spaced = (folded: string) => {
  const words = tokensOf(folded).map(({ text }) => text);
  return words.length === 0 ? '' : ` ${words.join(' ')} `;
};

/** The words of a unit; characters beside each other are one. */
function textsOf({ tokens }: QueryTerm): readonly string[] {
  const runs: Token[][] = [];
  for (const token of tokens) {
    const last = runs.at(-1);
    if (token.ideograph && last?.[0]?.ideograph) last.push(token);
    else runs.push([token]);
  }
  return runs.map((run) => run.map(({ text }) => text).join(''));
}

/** The date of a match in the time of a unit. */
const fieldInTime = ({ values }: ReadMatch, { time }: QueryTerm): string | undefined =>
  time && values.find(([name, value]) => typeof value === 'string' && isWithin(time, name, value))?.[0];

/** Runs the statement of this file on nothing, so that Neo4j has planned it. @throws GraphError */
export async function planExplained(graph: Graph, options: ReadOptions): Promise<void> {
  await graph.read(explained(graph.ontology), { explained: { slugs: [], named: [] } }, options);
}

/**
 * Which words of a query met what in each match, in the order of the query: for words that belong together, the property of
 * the match that has them, and the related entity that they name most surely.
 * @throws GraphError
 */
export async function explainMatches(
  graph: Graph,
  matches: readonly ReadMatch[],
  folded: string,
  meanings: QueryInterpretation | null,
): Promise<readonly (readonly WordMatch[])[]> {
  if (!meanings) {
    const words = wordsLookedFor(folded);
    return mappedInTurns(matches, (match) => {
      const texts = new MatchTexts(match);
      return words.flatMap((word) => {
        const field = texts.fieldWith([word]);
        return field === undefined ? [] : [{ ...nothing, words: [word.text], field }];
      });
    });
  }
  const { units, kindWords } = meanings;
  const named = [...new Set(units.flatMap(({ entities }) => entities.map(({ slug }) => slug)))];
  const rows = await graph.read(explained(graph.ontology), {
    explained: { slugs: matches.map(({ slug }) => slug), named },
  });
  const through = new Map(rows.map(([slug, found, relations]) => [`${slug} ${found}`, relations]));
  const met = (match: ReadMatch): readonly WordMatch[] => {
    const texts = new MatchTexts(match);
    return units.flatMap((unit): readonly WordMatch[] => {
      const words = textsOf(unit);
      const field = fieldInTime(match, unit) ?? texts.fieldWithUnit(unit);
      const related = unit.entities.find(({ slug }) => through.has(`${match.slug} ${slug}`));
      return [
        ...(field === undefined ? [] : [{ ...nothing, words, field }]),
        ...(related && related.slug !== match.slug
          ? [
              {
                ...nothing,
                words,
                slug: related.slug,
                text: related.text,
                through: through.get(`${match.slug} ${related.slug}`) ?? [],
              },
            ]
          : []),
      ];
    });
  };
  return mappedInTurns(matches, (match) => [
    ...met(match),
    ...kindWords.filter(({ kind }) => kind === match.kind).map(({ words, kind }) => ({ ...nothing, words, kind })),
  ]);
}
