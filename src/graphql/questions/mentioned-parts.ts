import type { Kind } from '../../ontology/vocabulary.ts';
import { MarkedParts } from './marked-parts.ts';
import { isFiller, type Means, meansOf, type Part, signOf } from './meanings.ts';
import type { Meant, ValuesCondition } from './meant.ts';
import { routesBetween } from './routes.ts';

/** Something that a question mentions, which stands in relations. */
export interface Mention {
  readonly index: number;
  readonly part: Part;
  readonly meant: Meant;
  /** Whether words name the kind, so that others may describe it. */
  readonly isNoun: boolean;
  /** Whether only words for a relation name it: what stands at its other end. */
  readonly isRole: boolean;
  placed: boolean;
}

/** What a question mentions, and which of it is asked for. */
export class MentionedParts extends MarkedParts {
  protected readonly mentions: Mention[] = [];

  protected newMention(
    index: number,
    part: Part,
    kind: Kind,
    slugs: readonly string[],
    isNoun: boolean,
    isRole = false,
  ): Mention {
    const meant: Meant = { kind, start: part.start, end: part.end, slugs, conditions: [], related: [] };
    const mention = { index, part, meant, isNoun, isRole, placed: false };
    this.mentions.push(mention);
    return mention;
  }

  /** What the question mentions: kinds and entities first, then values, which describe these or stand for a kind. */
  protected mention(): void {
    for (const [index, part] of this.parts.entries()) {
      if (signOf(part)) continue;
      const [kind] = meansOf(part, 'kind');
      const entities = meansOf(part, 'entity');
      const [entity] = entities;
      if (kind && !this.isKey(index)) {
        const { meant } = this.newMention(index, part, kind.kind, [], true);
        // The name of a kind may be that of a class of it: `conferences` are events.
        for (const value of meansOf(part, 'value')) {
          if (value.kind !== kind.kind || this.isBasis(value)) continue;
          const { property, values, isText } = value;
          meant.conditions.push({ is: 'values', property, values, isText, negated: false });
        }
        this.take(
          part,
          'KIND',
          kind.kind,
          entities.map(({ name }) => name),
        );
      } else if (entity && !kind && !this.saysMoreThanItsName(index)) {
        const last = this.mentions.at(-1);
        const isListed =
          last?.meant.kind === entity.kind && last.meant.slugs.length > 0 && this.nothingBetween(last.index, index);
        if (isListed) last.meant.slugs = [...last.meant.slugs, entity.slug];
        else this.newMention(index, part, entity.kind, [entity.slug], false);
        this.take(
          part,
          'ENTITY',
          entity.name,
          entities.slice(1).map(({ name, kind: other }) => `${name} (${other})`),
        );
      }
    }
    for (const [index, part] of this.parts.entries()) {
      if (this.understood.has(part) || this.isKey(index) || signOf(part)) continue;
      const values = meansOf(part, 'value');
      if (values.length > 0 && !this.reallyTime(part)) this.describe(index, part, values);
    }
    this.mentions.sort((left, right) => left.index - right.index);
  }

  /** A name that is also that of a property by which groups are formed, or of a value of the kind after it: `female artists`. */
  protected saysMoreThanItsName(index: number): boolean {
    const part = this.parts[index];
    if (!part) return false;
    if (this.isKey(index) && meansOf(part, 'property').length > 0) return true;
    const values = meansOf(part, 'value').filter(({ isText }) => !isText);
    let at = index + 1;
    while (this.parts[at] && meansOf(this.parts[at] as Part, 'entity').length > 0) at += 1;
    const next = this.parts[at];
    const before = this.parts[index - 1];
    const isRanked = before !== undefined && ['newest', 'oldest'].includes(signOf(before) ?? '');
    return values.some(
      ({ kind }) => isRanked || (next !== undefined && meansOf(next, 'kind').some((one) => one.kind === kind)),
    );
  }

  /** A value describes the kind beside it, or another that is mentioned; else it stands for its kind. */
  protected describe(index: number, part: Part, values: readonly Means<'value'>[]): void {
    const next = this.mentions.find((mention) => mention.isNoun && mention.index === index + 1);
    const nouns = this.mentions.filter(({ isNoun }) => isNoun);
    const nearest = [...nouns].sort(
      (left, right) => this.distance(left.index, index) - this.distance(right.index, index),
    );
    const described = [...(next ? [next] : []), ...nearest].find(({ meant }) =>
      values.some(({ kind }) => kind === meant.kind),
    );
    const sorted = values.toSorted((left, right) => Number(this.isBasis(left)) - Number(this.isBasis(right)));
    const likely = sorted.find(({ kind }) => kind === described?.meant.kind) ?? this.likeliest(sorted);
    const alike = sorted.filter(({ kind, property }) => kind === likely.kind && property === likely.property);
    const value = { ...likely, values: [...new Set(alike.flatMap(({ values: these }) => these))] };
    const either = sorted.filter(
      (other) =>
        other.kind === likely.kind && other.property !== likely.property && !other.isText && !this.isBasis(other),
    );
    const others = values
      .filter((other) => !alike.includes(other) && !either.includes(other))
      .map(({ kind, property, values: [one = ''] }) => `${kind}.${property}: ${one}`);
    const mention = described ?? this.newMention(index, part, value.kind, [], true);
    const { property, isText } = value;
    const negated = this.isNegated(index) && described !== undefined;
    const same = mention.meant.conditions.find(
      (one): one is ValuesCondition => one.is === 'values' && one.property === property && one.negated === negated,
    );
    const conditions = [value, ...either].map(
      (one): ValuesCondition => ({
        ...{ is: 'values', property: one.property, values: one.values, isText: one.isText, negated: false },
      }),
    );
    if (either.length > 0 && !isText) mention.meant.conditions.push({ is: 'either', of: conditions, negated });
    else if (same) same.values = [...same.values, ...value.values];
    else mention.meant.conditions.push({ is: 'values', property, values: value.values, isText, negated });
    this.take(part, 'VALUE', `${value.kind}.${property}: ${value.values.join(', ')}`, others);
  }

  /** Whether a value says something of another property, and so least of the entity. */
  protected isBasis({ kind, property }: Means<'value'>): boolean {
    return this.ontology.propertyOf(kind, property).expectedWith !== undefined;
  }

  protected likeliest(values: readonly Means<'value'>[]): Means<'value'> {
    const [first] = values;
    const kinds = this.mentions.filter(({ isNoun }) => isNoun).map(({ meant }) => meant.kind);
    const near = values.find(({ kind }) =>
      kinds.some((other) => routesBetween(this.ontology, other, kind)[0]?.length === 1),
    );
    const found = near ?? first;
    if (!found) throw new Error('A value has a meaning.');
    return found;
  }

  protected head(): Mention | undefined {
    const nouns = this.mentions.filter(({ isNoun }) => isNoun);
    const asked = nouns.find(({ index }) => {
      for (let at = index - 1; at >= 0; at -= 1) {
        const part = this.parts[at];
        const sign = part && signOf(part);
        if (sign === 'which' || sign === 'count') return true;
        const isAdjective =
          part &&
          (isFiller(part) ||
            meansOf(part, 'value').length > 0 ||
            meansOf(part, 'entity').length > 0 ||
            signOf(part) === 'top' ||
            sign === 'newest' ||
            sign === 'oldest' ||
            meansOf(part, 'number').length > 0);
        if (!isAdjective) return false;
      }
      return false;
    });
    const affirmed = nouns.filter(({ index, part }) => !this.negationBefore(index) && !this.isAdjective(index, part));
    const byRole = affirmed.length === 0 || (this.asksWho(nouns) && !asked) ? this.roleHead() : undefined;
    const [first, last] = [affirmed[0] ?? nouns[0], nouns.at(-1)];
    return byRole ?? asked ?? (this.describesBefore ? last : first);
  }

  /** Whether `who` asks; after a noun it describes this: `artists who worked in England`. */
  protected asksWho(nouns: readonly Mention[]): boolean {
    const who = this.parts.findIndex((part) => signOf(part) === 'who');
    return who >= 0 && (this.describesBefore || nouns.every(({ index }) => index > who));
  }

  /** A value or a kind right before the name of another kind: `European labs`, `least developed countries labs`. */
  protected isAdjective(index: number, part: Part): boolean {
    const next = this.parts[index + 1];
    const isKind = meansOf(part, 'kind').length > 0;
    return (
      !(isKind && (this.describesBefore || meansOf(next ?? part, 'kind').length === 0)) &&
      next !== undefined &&
      this.mentions.some((other) => other.isNoun && other.part === next)
    );
  }

  /** `who hosts STARLab`: what stands at the other end of a relation. */
  protected roleHead(): Mention | undefined {
    const entities = this.mentions.filter(({ meant }) => meant.slugs.length > 0 || this.sign('who') !== undefined);
    for (const [index, part] of this.parts.entries()) {
      for (const { relation, toward } of this.relationsOf(part)) {
        for (const { meant } of entities) {
          const field = [...this.ontology.relationFieldsOf(meant.kind).values()].find(
            (one) =>
              one.relation === relation &&
              one.target !== 'Entity' &&
              (toward === undefined || (one.reading === 'FORWARD') === (toward === 'forward')),
          );
          if (!field || field.target === 'Entity') continue;
          return this.newMention(index, part, field.target, [], true, true);
        }
      }
    }
    return undefined;
  }
}
