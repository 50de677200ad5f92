import { isObject } from '../../graphql/internal-client/json.ts';

/** A source in the result of a tool; facts refer to it by its number. */
export interface ListedSource {
  readonly n: number;
  readonly slug: string;
  readonly name: string;
  readonly publisher?: string;
  readonly date?: string;
  readonly url?: string;
  readonly reliability?: string;
}

/** A citation as the directive `@cite` returns it. */
interface Citation {
  readonly slug: string;
  readonly name: string;
  readonly publisher?: string | null;
  readonly date?: string | null;
  readonly url?: string | null;
  readonly reliability?: string | null;
  readonly supports: readonly string[];
}

/** Where the numbers of the sources of an entity or of a relation stand in the data. */
export const SOURCES_KEY = '_sources';

/** Numbers of sources beside one fact: those that support most. */
const SHOWN = 3;

const present = (citation: Citation, name: 'publisher' | 'date' | 'url' | 'reliability') => {
  const value = citation[name];
  return value ? { [name]: value } : {};
};

function at(data: unknown, pointer: string): unknown {
  let value: unknown = { data };
  for (const part of pointer.split('/').slice(1)) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[part.replaceAll('~1', '/').replaceAll('~0', '~')];
  }
  return value;
}

/**
 * Writes the numbers of its sources beside each entity and relation of a response to `@cite`.
 * @returns the sources by number
 */
export function attachSources(
  data: unknown,
  extensions: Readonly<Record<string, unknown>> = {},
): readonly ListedSource[] {
  const citations = (extensions.citations ?? []) as readonly Citation[];
  return citations.map((citation, index) => {
    const n = index + 1;
    for (const pointer of citation.supports) {
      const fact = at(data, pointer);
      if (!isObject(fact)) continue;
      const numbers = (fact[SOURCES_KEY] ?? []) as number[];
      if (numbers.length < SHOWN) fact[SOURCES_KEY] = [...numbers, n];
    }
    return {
      n,
      slug: citation.slug,
      name: citation.name,
      ...present(citation, 'publisher'),
      ...present(citation, 'date'),
      ...present(citation, 'url'),
      ...present(citation, 'reliability'),
    };
  });
}

const isSourceNumbers = (name: string, value: unknown): value is number[] =>
  (name === 'sources' || name === SOURCES_KEY) && Array.isArray(value) && value.every((n) => typeof n === 'number');

/** A copy in which the numbers of sources beside each fact are others. */
export function withNumbers(value: unknown, change: (numbers: readonly number[]) => readonly number[]): unknown {
  if (Array.isArray(value)) return value.map((item) => withNumbers(item, change));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      isSourceNumbers(name, inner) ? change(inner) : withNumbers(inner, change),
    ]),
  );
}

/** A copy with one source beside each fact: the one that supports most. */
export const withFewerSources = (value: unknown): unknown => withNumbers(value, (numbers) => numbers.slice(0, 1));

/** The numbers of sources that a value refers to. */
export function usedSources(value: unknown): ReadonlySet<number> {
  const used = new Set<number>();
  withNumbers(value, (numbers) => {
    for (const n of numbers) used.add(n);
    return numbers;
  });
  return used;
}
