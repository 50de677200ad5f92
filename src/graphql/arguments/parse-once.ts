import { getOrInsert } from '../../ontology/get-or-insert.ts';
import { memoize } from '../../ontology/memoize.ts';

type Outcome<Result> = { readonly result: Result } | { readonly error: unknown };

/**
 * Caches the parsed form of each input, since many fields can use the same variable. Parse errors are cached, too. Entries
 * live as long as the input.
 */
export function parseOnce<Input extends object, About, Result>(
  parse: (about: About, input: Input) => Result,
): (about: About, input: Input) => Result {
  const outcomesOf = memoize((_: Input) => new Map<About, Outcome<Result>>());

  const outcomeOf = (about: About, input: Input): Outcome<Result> => {
    try {
      return { result: parse(about, input) };
    } catch (error) {
      return { error };
    }
  };

  return (about, input) => {
    const outcome = getOrInsert(outcomesOf(input), about, () => outcomeOf(about, input));
    if ('error' in outcome) throw outcome.error;
    return outcome.result;
  };
}
