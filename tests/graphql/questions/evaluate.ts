import type { EvaluatedQuestion, Expected } from './facts.ts';

/** What was answered to one question. */
export interface GivenAnswer {
  /** Entities, best first. */
  readonly slugs: readonly string[];
  /** Number of all entities; `undefined` if none was given. */
  readonly total: number | undefined;
  readonly groups: Readonly<Record<string, number>>;
  /** The root field that was asked, and the entities that its arguments name. */
  readonly field: string;
  readonly about: readonly string[];
  /** The whole answer, as JSON. */
  readonly text: string;
}

interface Node {
  readonly slug?: string;
  readonly count?: number;
  readonly keys?: readonly { readonly value: string | null; readonly entity: { readonly slug: string } | null }[];
}

/** Reads the data of an answer, whatever its root field. */
export function givenAnswer(data: unknown, variables: Readonly<Record<string, unknown>> = {}): GivenAnswer {
  const [[field, root] = ['', null]] = Object.entries((data ?? {}) as Readonly<Record<string, unknown>>);
  const {
    nodes = [],
    totalCount,
    slug,
  } = (root ?? {}) as { nodes?: readonly Node[]; totalCount?: number; slug?: string };
  const counted = nodes.flatMap(({ keys, count }) => {
    const key = keys?.[0]?.entity?.slug ?? keys?.[0]?.value;
    return key === undefined || key === null || count === undefined ? [] : [[key, count] as const];
  });
  return {
    slugs: slug === undefined ? nodes.flatMap((node) => node.slug ?? []) : [slug],
    total: totalCount ?? (slug === undefined ? undefined : 1),
    groups: Object.fromEntries(counted),
    field,
    about: Object.values(variables).flat().map(String),
    text: JSON.stringify(root),
  };
}

export interface Score {
  /** Whether the first, or one of the first five, is right; where the answer is none, whether it is none. */
  readonly first: boolean;
  readonly five: boolean;
  /** Share of the right entities among the first ten; `undefined` where no entities are asked for. */
  readonly recall?: number;
  /** Whether the number is right: of what is counted, of groups, or of all entities. */
  readonly exact: boolean;
}

const right = (isRight: boolean): Score => ({ first: isRight, five: isRight, exact: isRight });

/** Groups that are looked at, the largest ones: an answer has a first page of them. */
const GROUPS = 10;

export function scoreOf(expected: Expected, given: GivenAnswer): Score {
  if ('number' in expected) return right(given.total === expected.number && given.field !== 'search');
  if ('value' in expected) return right(given.text.includes(JSON.stringify(expected.value)));
  if ('paths' in expected)
    return right(given.field === 'paths' && expected.paths.every((end) => given.about.includes(end)));
  if ('compared' in expected) {
    return right(given.field === 'compare' && expected.compared.every((one) => given.about.includes(one)));
  }
  if ('groups' in expected) {
    const largest = Object.entries(expected.groups)
      .sort(([, left], [, most]) => most - left)
      .slice(0, GROUPS);
    // At the end of a page, groups of one size are there or not.
    const least = Math.min(...Object.values(given.groups));
    return right(
      Object.keys(given.groups).length > 0 &&
        largest.every(([key, count]) => (given.groups[key] ?? (count <= least ? count : undefined)) === count),
    );
  }
  if ('first' in expected) return right(expected.first.includes(given.slugs[0] ?? ''));
  const { entities } = expected;
  if (entities.length === 0) return { ...right(given.total === 0), recall: given.total === 0 ? 1 : 0 };
  const isMeant = (slug: string | undefined) => slug !== undefined && entities.includes(slug);
  const ten = given.slugs.slice(0, 10).filter(isMeant).length;
  return {
    first: isMeant(given.slugs[0]),
    five: given.slugs.slice(0, 5).some(isMeant),
    recall: ten / Math.min(10, entities.length),
    exact: given.total === entities.length && given.slugs.every(isMeant),
  };
}

/** Whether a question is in the half that was set aside: by its text, so that new questions change no other. */
export const isSetAside = ({ question }: EvaluatedQuestion): boolean =>
  [...question].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_537, 7) % 2 === 1;

export interface Summary {
  readonly questions: number;
  readonly first: number;
  readonly five: number;
  readonly recall: number;
  readonly exact: number;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);

export const summaryOf = (scores: readonly Score[]): Summary => ({
  questions: scores.length,
  first: mean(scores.map(({ first }) => Number(first))),
  five: mean(scores.map(({ five }) => Number(five))),
  recall: mean(scores.flatMap(({ recall }) => recall ?? [])),
  exact: mean(scores.map(({ exact }) => Number(exact))),
});
