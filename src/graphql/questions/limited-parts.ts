import { inWords } from '../../ontology/letter-case.ts';
import { meansOf, signOf } from './meanings.ts';
import type { Operators } from './meant.ts';
import type { Mention } from './mentioned-parts.ts';
import { RelatedParts } from './related-parts.ts';
import { bounds } from './signs.ts';

/** What a question says of the properties of what it mentions. */
export class LimitedParts extends RelatedParts {
  /** Years, each with the words that limit it and say what happened then. */
  protected times(head: Mention): void {
    const years = this.parts.flatMap((part, index) => {
      const [year] = meansOf(part, 'year');
      return year && !this.understood.has(part) ? [{ part, index, year: year.year }] : [];
    });
    const [first, second] = years;
    if (!first) return;
    const nouns = this.mentions.filter(
      ({ isNoun, placed, meant }) => isNoun && placed && this.timesOf(meant.kind).length > 0,
    );
    const near =
      nouns.toSorted(
        (left, right) => this.distance(left.index, first.index) - this.distance(right.index, first.index),
      )[0] ?? head;
    const found = this.timeProperty([near, head]);
    if (!found) return;
    const { owner, property, isDate } = found;
    const operators = second ? { gte: first.year, lte: second.year } : this.yearOperators(first.index, first.year);
    for (const { part } of years.slice(0, 2)) this.take(part, 'TIME', `${owner.meant.kind}.${property}`);
    owner.meant.conditions.push({ is: 'range', property, operators, isDate, negated: this.isNegated(first.index) });
  }

  protected yearOperators(index: number, year: number): Operators {
    for (const beside of [this.beside(index, -1), this.beside(index, 1)]) {
      const sign = beside && signOf(beside.part);
      const bound = sign && bounds[sign];
      if (!beside || !bound) continue;
      this.takeSign(beside.part);
      return bound(year);
    }
    return { eq: year };
  }

  /** The date that is meant: the one that words name, a year before a day, since days are known of fewer. */
  protected timeProperty(
    owners: readonly Mention[],
  ): { readonly owner: Mention; readonly property: string; readonly isDate: boolean } | undefined {
    for (const isNamed of [true, false]) {
      for (const owner of owners) {
        const { kind } = owner.meant;
        const named = this.parts.flatMap((part) =>
          meansOf(part, 'property')
            .filter((one) => one.kind === kind)
            .map(({ property }) => ({ part, property })),
        );
        const times = this.timesOf(kind).filter(
          ([name]) => !isNamed || named.some(({ property }) => property === name),
        );
        const [property, definition] = times.find(([, { type }]) => type === 'int') ?? times[0] ?? [];
        if (property === undefined || !definition) continue;
        for (const { part, property: one } of named)
          if (one === property) this.take(part, 'PROPERTY', `${kind}.${property}`);
        return { owner, property, isDate: definition.type === 'date' };
      }
    }
    return undefined;
  }

  /** `longer than 300 pages`, `value over 100`. */
  protected numbers(head: Mention): void {
    for (const [index, part] of this.parts.entries()) {
      if (this.understood.has(part) || this.numberIn(part) === undefined) continue;
      const sides = [
        this.beside(index, 1),
        this.beside(index, -1),
        this.beside(this.beside(index, -1)?.index ?? -1, -1),
      ];
      for (const side of sides) {
        const property =
          side &&
          meansOf(side.part, 'property').find(
            ({ kind, property: name }) =>
              kind === head.meant.kind && ['int', 'float'].includes(this.ontology.propertyOf(kind, name).type),
          );
        if (!side || !property) continue;
        const operators = this.operators(index, undefined);
        if (!operators) continue;
        head.meant.conditions.push({
          is: 'range',
          property: property.property,
          operators,
          isDate: false,
          negated: false,
        });
        this.take(side.part, 'PROPERTY', `${property.kind}.${property.property}`);
        const unit = this.parts[index + 1];
        if (unit && inWords(property.property).split(' ').includes(unit.written.toLowerCase()))
          this.take(unit, 'PROPERTY', `${property.kind}.${property.property}`);
        break;
      }
    }
  }

  /** `labs without a date`: what must not be known. */
  protected absent(head: Mention): void {
    for (const [index, part] of this.parts.entries()) {
      if (this.understood.has(part)) continue;
      const property = meansOf(part, 'property').find(
        ({ kind, property: name }) =>
          kind === head.meant.kind && this.ontology.propertyOf(kind, name).type !== 'boolean',
      );
      const negation = property && this.negationBefore(index);
      if (!property || !negation) continue;
      this.takeSign(negation);
      this.take(part, 'PROPERTY', `${property.kind}.${property.property}`);
      head.meant.conditions.push({ is: 'absent', property: property.property });
    }
  }

  protected flags(): void {
    for (const [index, part] of this.parts.entries()) {
      if (this.understood.has(part)) continue;
      const flag = meansOf(part, 'property').find(
        ({ kind, property }) =>
          this.ontology.propertyOf(kind, property).type === 'boolean' &&
          this.mentions.some(({ meant, placed }) => placed && meant.kind === kind),
      );
      const owner = flag && this.mentions.find(({ meant, placed }) => placed && meant.kind === flag.kind);
      if (!flag || !owner) continue;
      this.take(part, 'PROPERTY', `${flag.kind}.${flag.property}`);
      owner.meant.conditions.push({ is: 'flag', property: flag.property, negated: this.isNegated(index) });
    }
  }

  /** Words that nothing is known by are looked for in the texts of what is asked for. */
  protected texts(head: Mention): void {
    const properties = Object.values(this.ontology.propertiesOf(head.meant.kind));
    if (!properties.some(({ searched }) => searched === 'text')) return;
    for (const part of this.parts) {
      if (part.meanings.length > 0 || (part.end - part.start === 1 && part.written.length < 3)) continue;
      head.meant.conditions.push({ is: 'text', text: part.written });
      this.take(part, 'TEXT', part.written);
    }
  }
}
