type Outcome<Result> = { readonly result: Result } | { readonly error: unknown };

/**
 * Caches the parsed form of each input, since many fields can use the same variable. Parse errors are cached, too. Entries
 * live as long as the input.
 */
export function parseOnce<Input extends object, About, Result>(
  parse: (about: About, input: Input) => Result,
): (about: About, input: Input) => Result {
  const outcomes = new WeakMap<Input, Map<About, Outcome<Result>>>();

  const outcomeOf = (about: About, input: Input): Outcome<Result> => {
    try {
      return { result: parse(about, input) };
    } catch (error) {
      return { error };
    }
  };

  return (about, input) => {
    const ofInput = outcomes.get(input) ?? new Map<About, Outcome<Result>>();
    outcomes.set(input, ofInput);
    const outcome = ofInput.get(about) ?? outcomeOf(about, input);
    ofInput.set(about, outcome);
    if ('error' in outcome) throw outcome.error;
    return outcome.result;
  };
}
