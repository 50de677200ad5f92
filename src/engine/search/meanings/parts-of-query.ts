import { getOrInsert } from '../../../ontology/get-or-insert.ts';
import type { Run, Token } from './tokens.ts';

/** What a run of a query may mean, and how surely. */
export interface Candidate<Meaning> extends Run {
  readonly meaning: Meaning;
}

/** Consecutive tokens of a query that mean one thing, with all that they may mean; none if they mean only themselves. */
export interface QueryPart<Meaning> {
  readonly start: number;
  readonly tokens: readonly Token[];
  readonly meanings: readonly Candidate<Meaning>[];
}

/**
 * Divides a query into parts: the longest runs that are something's whole name first, then the longest that are a part of a
 * name, then those that may be misspelt. What is left means only itself: a word, or a run of characters.
 *
 * @param stages candidates, surest first
 */
export function partsOfQuery<Meaning>(
  query: readonly Token[],
  stages: readonly (readonly Candidate<Meaning>[])[],
): readonly QueryPart<Meaning>[] {
  const taken = new Set<number>();
  const positions = ({ start, length }: Pick<Run, 'start' | 'length'>) =>
    Array.from({ length }, (_, index) => start + index);
  const parts: QueryPart<Meaning>[] = [];
  for (const stage of stages) {
    const bySpan = new Map<string, Candidate<Meaning>[]>();
    for (const candidate of stage) {
      const span = `${candidate.start} ${candidate.length}`;
      getOrInsert(bySpan, span, () => []).push(candidate);
    }
    const spans = [...bySpan.values()].flatMap((meanings) => (meanings[0] ? [{ first: meanings[0], meanings }] : []));
    spans.sort((left, right) => right.first.length - left.first.length || left.first.start - right.first.start);
    for (const { first, meanings } of spans) {
      if (positions(first).some((at) => taken.has(at))) continue;
      for (const at of positions(first)) taken.add(at);
      parts.push({ start: first.start, tokens: query.slice(first.start, first.start + first.length), meanings });
    }
  }
  let last: Token[] | undefined;
  for (const [start, token] of query.entries()) {
    if (taken.has(start)) {
      last = undefined;
    } else if (token.ideograph && last?.[0]?.ideograph) {
      last.push(token);
    } else {
      last = [token];
      parts.push({ start, tokens: last, meanings: [] });
    }
  }
  // One character that belongs to nothing is mostly grammar.
  const tells = ({ tokens, meanings }: QueryPart<Meaning>) =>
    meanings.length > 0 || tokens.length > 1 || !tokens[0]?.ideograph;
  return parts.filter(tells).toSorted((left, right) => left.start - right.start);
}
