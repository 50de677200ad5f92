import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { foldedForm } from '../indexes/searched.ts';
import type { RelationReading } from '../pattern.ts';
import type { Meeting } from '../reads/degrees.ts';
import { type Comparison, type Filter, isEverything, type TextMatch } from '../reads/filter.ts';
import type { SampledText } from '../reads/sampled-texts.ts';
import { expectedSome, expectedTexts, type Statistics } from '../reads/statistics.ts';

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

/** The share of entities of a kind that a filter is expected to leave. */
export function leftBy(
  filter: Filter,
  kind: Kind | 'Entity',
  statistics: Statistics,
  meeting: Pick<Meeting, 'via'> = {},
): number {
  const left = (part: Filter) => leftBy(part, kind, statistics, meeting);
  if ('all' in filter) return filter.all.reduce((share, part) => share * left(part), 1);
  if ('any' in filter) return 1 - filter.any.reduce((share, part) => share * (1 - left(part)), 1);
  if ('not' in filter) return 1 - left(filter.not);
  if ('some' in filter || 'count' in filter) {
    const { relation } = filter;
    const fitting = isEverything(filter.filter)
      ? 1
      : leftBy(filter.filter, kindBeyond(statistics.ontology, relation), statistics, {});
    const some = expectedSome(statistics, relation, kind, fitting, meeting);
    return 'count' in filter ? leftByCount(filter, some) : some;
  }
  if (!('is' in filter)) return 'exists' in filter ? 1 - EQUAL : OTHER_TEST;
  const { value } = filter;
  const fits = typeof value === 'string' ? namesThatFit(filter.property, filter.is, value) : undefined;
  if (fits && kind !== 'Entity') return expectedTexts(statistics, kind, fits);
  if (filter.is === '=') return EQUAL;
  if (filter.is === '<>') return 1 - EQUAL;
  if (filter.is === 'IN') return Math.min(1, EQUAL * (value as readonly unknown[]).length);
  return OTHER_TEST;
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

/** The share of entities whose number of related ones fits, where this share has some. */
function leftByCount({ count, value }: Pick<Extract<Filter, { count: unknown }>, 'count' | 'value'>, some: number) {
  if (count === '>=' && value <= 0) return 1;
  return count === '<' || count === '<=' || (count === '=' && value === 0) ? 1 - some : some;
}
