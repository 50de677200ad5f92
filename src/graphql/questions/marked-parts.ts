import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind, Property } from '../../ontology/vocabulary.ts';
import type { Sign } from './language/grammar-words.ts';
import { isFiller, type Means, meansOf, type Part, signOf } from './meanings.ts';
import type { Operators, Related, Understood } from './meant.ts';
import { comparisons } from './signs.ts';

export type Chosen = Exclude<Understood['as'], 'GRAMMAR'>;

export const isYearWord = ({ written }: Part): boolean => /^(?:years?|年份?)$/i.test(written);

/** The parts of one question, and what was made of each so far. */
export class MarkedParts {
  protected readonly ontology: Ontology;
  protected readonly parts: readonly Part[];
  protected readonly describesBefore: boolean;
  protected readonly understood = new Map<Part, Understood>();

  constructor(ontology: Ontology, parts: readonly Part[], describesBefore: boolean) {
    this.ontology = ontology;
    this.parts = parts;
    this.describesBefore = describesBefore;
  }

  protected sign(sign: Sign): Part | undefined {
    return this.parts.find((part) => signOf(part) === sign);
  }

  protected take(part: Part, as: Chosen, means: string, alternatives: readonly string[] = []): void {
    this.understood.set(part, { part, as, means, alternatives });
  }

  protected takeSign(part: Part | undefined): void {
    const sign = part && signOf(part);
    if (part && sign) this.understood.set(part, { part, as: 'GRAMMAR', means: sign, alternatives: [] });
  }

  /** The part before or after another, without words that say nothing. */
  protected beside(index: number, step: 1 | -1): { readonly part: Part; readonly index: number } | undefined {
    for (let at = index + step; ; at += step) {
      const part = this.parts[at];
      if (!part) return undefined;
      if (!isFiller(part)) return { part, index: at };
    }
  }

  protected relationsOf(part: Part): readonly {
    readonly relation: string;
    readonly toward?: 'forward' | 'backward';
    readonly role?: Related['role'];
  }[] {
    return [
      ...meansOf(part, 'role').map(({ relation, property, value }) => ({
        relation,
        role: { relation, property, value },
      })),
      ...meansOf(part, 'relation'),
    ];
  }

  protected numberIn(part: Part): number | undefined {
    return meansOf(part, 'number')[0]?.number ?? meansOf(part, 'year')[0]?.year;
  }

  protected timesOf(kind: Kind): readonly (readonly [string, Property])[] {
    return Object.entries(this.ontology.propertiesOf(kind)).filter(
      ([, { timeOf, type, indexed }]) => timeOf || (type === 'date' && indexed),
    );
  }

  protected negationBefore(index: number): Part | undefined {
    const before = this.beside(index, -1);
    if (!before) return undefined;
    if (signOf(before.part) === 'negation') return before.part;
    // `without a host institution`, `not hosted by universities`.
    const isNamed = before.part.meanings.some(({ is }) => is === 'kind' || is === 'entity' || is === 'sign');
    const isPassed = meansOf(before.part, 'relation').length > 0 || meansOf(before.part, 'value').length > 0;
    return isPassed && !isNamed ? this.negationBefore(before.index) : undefined;
  }

  protected isNegated(index: number): boolean {
    const negation = this.negationBefore(index);
    this.takeSign(negation);
    return negation !== undefined;
  }

  protected operators(index: number, orMore: Part | undefined): Operators | undefined {
    const part = this.parts[index];
    const number = part && this.numberIn(part);
    if (!part || number === undefined) return undefined;
    const before = this.beside(index, -1)?.part;
    const sign = orMore ? 'orMore' : before && signOf(before);
    const compare = sign && comparisons[sign];
    const isYear = meansOf(part, 'year').length > 0;
    if (sign === 'top' || sign === 'newest' || sign === 'oldest' || (isYear && !compare)) return undefined;
    this.take(part, 'NUMBER', String(number));
    if (compare) this.takeSign(orMore ?? before);
    return (compare ?? ((value) => ({ eq: value })))(number);
  }

  protected isRanked(): boolean {
    return ['top', 'most', 'fewest'].some((sign) => this.sign(sign as Sign) !== undefined);
  }

  /** Whether what stands at a place is what groups are formed by. */
  protected isKey(index: number): boolean {
    const per = this.parts.findIndex((part) => signOf(part) === 'per');
    if (per < 0 || this.isRanked()) return false;
    const key = this.parts.findIndex((part, at) => at > per && (!isFiller(part) || isYearWord(part)));
    return index === key && this.mayBeKey(per, key);
  }

  /** `by` may say who made something, too: `sculptures by women`, `artworks by artists born in Germany`. */
  private mayBeKey(per: number, key: number): boolean {
    const part = this.parts[key];
    if (!part || isYearWord(part) || meansOf(part, 'property').length > 0) return true;
    if (meansOf(part, 'kind').length === 0) return false;
    const word = this.parts[per];
    const mayMake = word && meansOf(word, 'sign').some(({ sign }) => sign === 'madeBy');
    const isMaker = mayMake && this.sign('count') === undefined;
    const isDescribed = this.parts.slice(key + 1).some((other) => other.meanings.length > 0 && !isFiller(other));
    return !(isMaker && isDescribed && /s$/i.test(part.written));
  }

  /** Whether what comes next was understood, so that this word before it says nothing else. */
  protected isPassed(index: number): boolean {
    const next = this.beside(index, 1);
    return next !== undefined && this.understood.has(next.part);
  }

  protected namesProperty(kind: Kind, property: string): boolean {
    return this.parts.some((part) =>
      meansOf(part, 'property').some((one) => one.kind === kind && one.property === property),
    );
  }

  protected takeProperty(kind: Kind, property: string): void {
    for (const part of this.parts) {
      if (this.understood.has(part)) continue;
      if (meansOf(part, 'property').some((one) => one.kind === kind && one.property === property))
        this.take(part, 'PROPERTY', `${kind}.${property}`);
    }
  }

  /** Whether only fillers or `or` stand between two parts. */
  protected nothingBetween(from: number, to: number): boolean {
    return this.parts.slice(from + 1, to).every((part) => isFiller(part) || signOf(part) === 'or');
  }

  /** Words for what happened at a date are no status where a year stands beside them. */
  protected reallyTime(part: Part): boolean {
    const hasYear = this.parts.some((other) => meansOf(other, 'year').length > 0 || isYearWord(other));
    const asksWhen = this.sign('when') !== undefined;
    const isTime = ({ kind, property }: Means<'property'>) => this.timesOf(kind).some(([name]) => name === property);
    return (hasYear || asksWhen) && meansOf(part, 'property').some((one) => one.isTime || isTime(one));
  }

  protected distance(from: number, to: number): number {
    const isBefore = from > to;
    return Math.abs(from - to) - (isBefore === this.describesBefore ? 0.5 : 0);
  }
}
