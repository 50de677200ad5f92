import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import type { RelationReading } from '../graph/pattern.ts';
import { foldedForm } from '../indexes/searched.ts';
import type { Meeting } from '../reads/degrees.ts';
import {
  type Comparison,
  type Filter,
  type FilterCases,
  type FilterForms,
  foldFilter,
  isEverything,
  opposite,
  type Related,
  type TextMatch,
} from '../reads/filter.ts';
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
  readonly differ?: boolean | undefined;
}

/** Of which entities a share is wanted, and whether of those that fit or of the others. */
interface Wanted extends Assumed {
  readonly kind: Kind | 'Entity';
  readonly statistics: Statistics;
  readonly negated: boolean;
}

const shareOf = (filter: Filter, wanted: Wanted): number => foldFilter(filter, shares, wanted);

const product = (numbers: readonly number[]) => numbers.reduce((all, each) => all * each, 1);

function ofAll(filters: readonly Filter[], wanted: Wanted): number {
  const each = filters.map((filter) => shareOf(filter, wanted));
  return wanted.differ ? product(each) : Math.min(1, ...each);
}

const ofAny = (filters: readonly Filter[], wanted: Wanted): number =>
  1 - product(filters.map((filter) => 1 - shareOf(filter, wanted)));

/** The share of the entities at the far end of a relation that fit. */
const fittingShare = ({ relation, filter }: Related, { statistics, differ }: Wanted): number =>
  isEverything(filter) ? 1 : leftBy(filter, kindBeyond(statistics.ontology, relation), statistics, { differ });

const tested = (share: number, { negated }: Wanted): number => (negated ? 1 - share : share);

const otherTest = (_: Filter, wanted: Wanted) => tested(OTHER_TEST, wanted);

const shares: FilterCases<Wanted, number> = {
  all: ({ all }, wanted) => (wanted.negated ? ofAny : ofAll)(all, wanted),
  any: ({ any }, wanted) => (wanted.negated ? ofAll : ofAny)(any, wanted),
  not: ({ not }, wanted) => shareOf(not, { ...wanted, negated: !wanted.negated }),
  ahead: ({ ahead }, wanted) => shareOf(ahead, wanted),
  some(filter, wanted) {
    const { relation, hops } = filter;
    const fitting = fittingShare(filter, wanted);
    const some = expectedSome(wanted.statistics, relation, wanted.kind, fitting, { via: wanted.via });
    return leftBySome(hops?.min === 0 ? Math.max(some, fitting) : some, fitting, wanted.negated);
  },
  count: (filter, wanted) => (filter.hops ? OTHER_TEST : leftByCount(filter, fittingShare(filter, wanted), wanted)),
  // Whichever of the two is asked for, most entities may meet it.
  exists: () => 1 / 2,
  is: (filter, wanted) => tested(leftByComparison(filter, wanted), wanted),
  has: otherTest,
  hasAny: otherTest,
  ofEdge: otherTest,
  source: otherTest,
  kinds: otherTest,
  items: otherTest,
  around: otherTest,
  reaches: otherTest,
};

/** The share of entities of a kind that a filter is expected to leave. */
export function leftBy(filter: Filter, kind: Kind | 'Entity', statistics: Statistics, assumed: Assumed = {}): number {
  return shareOf(filter, { ...assumed, kind, statistics, negated: false });
}

function leftByComparison({ property, is, value }: FilterForms['is'], { kind, statistics }: Wanted): number {
  const fits = typeof value === 'string' ? namesThatFit(property, is, value) : undefined;
  if (fits && kind !== 'Entity') return expectedTexts(statistics, kind, fits);
  if (is === '=') return typeof value === 'boolean' ? 1 / 2 : EQUAL;
  if (is === '<>') return 1 - EQUAL;
  if (is === 'IN') return guessed(EQUAL * (value as readonly unknown[]).length);
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
  { relation, count, value }: FilterForms['count'],
  fitting: number,
  { kind, statistics, via, negated }: Wanted,
): number {
  const is = negated ? opposite[count] : count;
  // Where not all count, there may be fewer of them, but never more.
  const mayFit = (degree: number) => {
    if (fitting === 1) return compares[is](degree, value) ? 1 : 0;
    if (is === '<' || is === '<=' || is === '<>') return 1;
    const least = is === '>' ? value + 1 : value;
    return least <= 0 ? 1 : degree < least ? 0 : 1 - (1 - fitting) ** degree;
  };
  return expectedShare(statistics, relation, kind, mayFit, { via }) ?? OTHER_TEST;
}

const compares: Readonly<Record<Comparison, (one: number, other: number) => boolean>> = {
  '=': (one, other) => one === other,
  '<>': (one, other) => one !== other,
  '<': (one, other) => one < other,
  '<=': (one, other) => one <= other,
  '>': (one, other) => one > other,
  '>=': (one, other) => one >= other,
};
