import type { Ontology } from '../../../ontology/ontology.ts';
import type { Kind } from '../../../ontology/vocabulary.ts';
import { kindProperty, type SearchedField, searchedFieldsOf } from '../../indexes/searched.ts';
import { all, inAny, ofKinds } from '../lucene.ts';
import type { QueryTerm } from './meanings.ts';
import { type Token, tokensOf } from './tokens.ts';

/** The Lucene queries for entities that contain words themselves. */
export interface UnitQueries {
  readonly names: string;
  readonly texts: string;
}

/** Words of fewer letters are only found as they are: too many begin with them. */
const SHORTEST_BEGINNING = 4;

const phrase = (tokens: readonly Token[]) =>
  `"${tokens.map(({ text }) => text).join(tokens[0]?.ideograph ? '' : ' ')}"`;

const termOf = ({ text, singular }: Token) =>
  singular.length < SHORTEST_BEGINNING ? `(${[...new Set([text, singular])].join(' OR ')})` : `${singular}*`;

/** The words of a unit, or another name of what they mean, in some fields of one entity. */
function queryIn(fields: readonly SearchedField[], { tokens, synonyms }: QueryTerm): string {
  const own = tokens[0]?.ideograph
    ? inAny(fields, phrase(tokens))
    : all(tokens.map((token) => inAny(fields, token.ideograph ? token.text : termOf(token))));
  const others = synonyms.flatMap((name) => {
    const named = tokensOf(name);
    return named.length === 0 ? [] : [inAny(fields, phrase(named))];
  });
  return [`(${own})`, ...others].join(' OR ');
}

/** A query that nothing meets. */
const NOTHING = `${kindProperty}:none`;

/** Whether the words are a year alone, which texts may contain too. */
const isText = ({ tokens, time }: QueryTerm) => time === undefined || (tokens.length === 1 && time.from === time.until);

/** @param kinds that entities must be of; `null` for any */
export function unitQueries(ontology: Ontology, unit: QueryTerm, kinds: readonly Kind[] | null): UnitQueries {
  if (!isText(unit)) return { names: NOTHING, texts: NOTHING };
  const { names, everything } = searchedFieldsOf(ontology, kinds ?? ontology.kindNames);
  return {
    names: ofKinds(ontology, queryIn(names, unit), kinds),
    texts: ofKinds(ontology, queryIn(everything, unit), kinds),
  };
}
