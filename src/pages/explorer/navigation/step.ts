/** A search for paths between two entities. */
export interface PathStep {
  readonly do: 'paths';
  readonly from: string;
  readonly to: string;
  /** Most relations of a path. */
  readonly hops?: number;
  /** Whether paths through hubs count, which connect everything and explain little. */
  readonly hubs?: boolean;
  /** Most paths. */
  readonly limit?: number;
  /** Entities that no path visits. */
  readonly avoid?: readonly string[];
  /** Entities that every path visits. */
  readonly via?: readonly string[];
}

/** Sets of entities that fit a pattern, as its form has it. */
export interface PatternStep {
  readonly do: 'match';
  readonly things: string;
  readonly links: string;
}

/** A step that adds to the graph or removes from it. */
export type Step =
  | { readonly do: 'show'; readonly slug: string }
  | { readonly do: 'open'; readonly slug: string; readonly relation?: string; readonly limit?: number }
  | PathStep
  | { readonly do: 'ask'; readonly question: string }
  | PatternStep
  | { readonly do: 'drop'; readonly slug: string };

/** Escapes a text including all separators. */
export const escaped = (text: string) =>
  encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD')).replaceAll('~', '%7E');

/** Reverses `escaped`; undefined for invalid input. */
export function unescaped(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** A step as text; equal steps have the same key. */
export function stepKey(step: Step): string {
  const parts = (...texts: readonly (string | number | undefined)[]) =>
    texts
      .map((text) => (text === undefined ? '' : escaped(String(text))))
      .join('~')
      .replace(/~+$/, '');
  switch (step.do) {
    case 'open':
      return parts('open', step.slug, step.relation, step.limit);
    case 'paths':
      return parts(
        ...(['paths', step.from, step.to, step.hops, step.hubs ? 'hubs' : undefined, step.limit] as const),
        ...[step.avoid, step.via].map((slugs) => slugs?.join(' ')),
      );
    case 'ask':
      return parts('ask', step.question);
    case 'match':
      return parts('match', step.things, step.links);
    default:
      return parts(step.do, step.slug);
  }
}

/** A number in an address; undefined if it is none. */
export const wholeNumber = (text: string | undefined) => (text && /^\d{1,6}$/.test(text) ? Number(text) : undefined);

/** Most relations of a path, and most paths. */
export const [MOST_HOPS, MOST_PATHS] = [6, 20];

/** Most entities that paths avoid or pass. */
const MOST_NAMED = 20;

const slugsIn = (text: string | undefined) => (text ?? '').split(' ').filter(Boolean).slice(0, MOST_NAMED);

function readPaths(from: string, to: string, options: readonly (string | undefined)[]): PathStep {
  const [most, hubs, limit, avoided, passed] = options;
  const [avoid, via] = [slugsIn(avoided), slugsIn(passed)];
  const hops = wholeNumber(most);
  const count = wholeNumber(limit);
  return {
    do: 'paths',
    from,
    to,
    ...(hops !== undefined && { hops: Math.min(MOST_HOPS, Math.max(1, hops)) }),
    ...(hubs === 'hubs' && { hubs: true }),
    ...(count !== undefined && { limit: Math.min(MOST_PATHS, Math.max(1, count)) }),
    ...(avoid.length > 0 && { avoid }),
    ...(via.length > 0 && { via }),
  };
}

/** Reads a step; undefined if it is none. */
export function readStep(text: string): Step | undefined {
  const [word, first, second, ...others] = text.split('~').map(unescaped);
  const [third] = others;
  if (!first) return undefined;
  switch (word) {
    case 'show':
      return { do: 'show', slug: first };
    case 'open': {
      const limit = wholeNumber(third);
      return {
        do: 'open',
        slug: first,
        ...(second && { relation: second }),
        ...(limit !== undefined && { limit }),
      };
    }
    case 'paths':
      return second && second !== first ? readPaths(first, second, others) : undefined;
    case 'ask':
      return { do: 'ask', question: first };
    case 'match':
      return { do: 'match', things: first, links: second ?? '' };
    case 'drop':
      return { do: 'drop', slug: first };
    default:
      return undefined;
  }
}
