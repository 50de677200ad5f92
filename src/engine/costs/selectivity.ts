import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import type { RelationReading } from '../graph/pattern.ts';
import { foldedForm } from '../indexes/searched.ts';
import type { Meeting } from '../reads/degrees.ts';
import { type Comparison, type Filter, isEverything, operandsOf, opposite, type TextMatch } from '../reads/filter.ts';
import type { SampledText } from '../reads/sampled-texts.ts';
import { expectedShare, expectedSome, expectedTexts, type Statistics } from '../reads/statistics.ts';

/**
 * The share that a comparison with a value is taken to leave, and any other test of a property. But for names, there are no
 * statistics of values: these are the shares of Selinger et al., "Access path selection in a relational database management system" (1979).
 */
const EQUAL = 1 / 10;
const OTHER_TEST = 1 / 3;

/** The kind at the far end of a relation; `Entity` where there are several. */
export function kindBeyond({ kindsAt }: Ontology, { relation, reading }: RelationReading): Kind | 'Entity' {
  const [only = 'Entity', ...others] = kindsAt(relation, reading === 'BACKWARD' ? 'from' : 'to');
  return others.length > 0 ? 'Entity' : only;
}

/** A guess is never more certain than this, so that nobody gets a list for nothing by saying what all entities meet. */
const guessed = (share: number) => Math.min(Math.max(share, EQUAL), 1 - EQUAL);

/** What is taken for granted of a filter. */
interface Assumed extends Pick<Meeting, 'via'> {
  /**
   * Several conditions say different things, so that few entities meet all of them. Otherwise they may say the same, and leave
   * what the narrowest of them does.
   */
  readonly differ?: boolean;
}

/** The share of entities of a kind that a filter is expected to leave. */
export function leftBy(
  filter: Filter,
  kind: Kind | 'Entity',
  statistics: Statistics,
  { via, differ = false }: Assumed = {},
  negated = false,
): number {
  if ('not' in filter) return leftBy(filter.not, kind, statistics, { via, differ }, !negated);
  const parts = operandsOf(filter);
  if (parts) {
    const shares = parts.map((part) => leftBy(part, kind, statistics, { via, differ }, negated));
    const product = (numbers: readonly number[]) => numbers.reduce((all, each) => all * each, 1);
    if ('all' in filter !== negated) return differ ? product(shares) : Math.min(1, ...shares);
    return 1 - product(shares.map((share) => 1 - share));
  }
  const meeting = { via };
  if ('some' in filter || 'count' in filter) {
    const { relation, hops } = filter;
    const fitting = isEverything(filter.filter)
      ? 1
      : leftBy(filter.filter, kindBeyond(statistics.ontology, relation), statistics, { differ });
    if ('count' in filter) return hops ? OTHER_TEST : leftByCount(filter, kind, fitting, statistics, meeting, negated);
    const some = expectedSome(statistics, relation, kind, fitting, meeting);
    return leftBySome(hops?.min === 0 ? Math.max(some, fitting) : some, fitting, negated);
  }
  const share = leftByTest(filter, kind, statistics);
  return negated ? 1 - share : share;
}

/** A test of an entity itself. */
function leftByTest(filter: Filter, kind: Kind | 'Entity', statistics: Statistics): number {
  // Whichever of the two is asked for, most entities may meet it.
  if ('exists' in filter) return 1 / 2;
  if (!('is' in filter)) return OTHER_TEST;
  const { value } = filter;
  const fits = typeof value === 'string' ? namesThatFit(filter.property, filter.is, value) : undefined;
  if (fits && kind !== 'Entity') return expectedTexts(statistics, kind, fits);
  if (filter.is === '=') return typeof value === 'boolean' ? 1 / 2 : EQUAL;
  if (filter.is === '<>') return 1 - EQUAL;
  if (filter.is === 'IN') return guessed(EQUAL * (value as readonly unknown[]).length);
  return OTHER_TEST;
}

/** Those that have some related entity that fits, or none, where it is known or guessed which of these fit. */
function leftBySome(some: number, fitting: number, negated: boolean): number {
  if (!negated) return some;
  return fitting === 1 ? 1 - some : Math.max(1 - some, EQUAL);
}

/** Which names fit, if a filter is about them and a sample can tell. */
function namesThatFit(property: string, is: Comparison | TextMatch | 'IN', value: string) {
  const test = tests[is];
  if (property === 'name') return test && ((text: SampledText) => test(text.name, value));
  return property === foldedForm('name') ? test && ((text: SampledText) => test(text.folded, value)) : undefined;
}

const tests: Readonly<Partial<Record<Comparison | TextMatch | 'IN', (name: string, value: string) => boolean>>> = {
  CONTAINS: (name, value) => name.includes(value),
  'STARTS WITH': (name, value) => name.startsWith(value),
  'ENDS WITH': (name, value) => name.endsWith(value),
  '<': (name, value) => name < value,
  '<=': (name, value) => name <= value,
  '>': (name, value) => name > value,
  '>=': (name, value) => name >= value,
};

/** The share of entities whose number of related ones fits, where a share of these is expected to count. */
function leftByCount(
  { relation, count, value }: Extract<Filter, { readonly count: Comparison }>,
  kind: Kind | 'Entity',
  fitting: number,
  statistics: Statistics,
  meeting: Pick<Meeting, 'via'>,
  negated: boolean,
): number {
  const is = negated ? opposite[count] : count;
  // Where not all count, there may be fewer of them, but never more.
  const mayFit = (degree: number) => {
    if (fitting === 1) return compares[is](degree, value) ? 1 : 0;
    if (is === '<' || is === '<=' || is === '<>') return 1;
    const least = is === '>' ? value + 1 : value;
    return least <= 0 ? 1 : degree < least ? 0 : 1 - (1 - fitting) ** degree;
  };
  return expectedShare(statistics, relation, kind, mayFit, meeting) ?? OTHER_TEST;
}

const compares: Readonly<Record<Comparison, (one: number, other: number) => boolean>> = {
  '=': (one, other) => one === other,
  '<>': (one, other) => one !== other,
  '<': (one, other) => one < other,
  '<=': (one, other) => one <= other,
  '>': (one, other) => one > other,
  '>=': (one, other) => one >= other,
};
