import { measures } from './divide.ts';
import { meansOf, signOf } from './meanings.ts';
import type { Meant, Operators, Related } from './meant.ts';
import { type Mention, MentionedParts } from './mentioned-parts.ts';
import { routesBetween } from './routes.ts';
import { comparisons } from './signs.ts';

const opposite = { forward: 'backward', backward: 'forward' } as const;

/** What a question mentions, related to one another. */
export class RelatedParts extends MentionedParts {
  /** Puts each mention where it says something: beside what it describes. */
  protected place(head: Mention, ranked: Mention | undefined): void {
    const rest = this.mentions.filter((mention) => mention !== head && mention !== ranked);
    const ordered = [...rest.filter(({ isNoun }) => isNoun), ...rest.filter(({ isNoun }) => !isNoun)];
    for (const mention of ordered) {
      if (
        mention.meant.kind === head.meant.kind &&
        mention.isNoun &&
        mention.meant.conditions.length === 0 &&
        mention.meant.slugs.length === 0
      ) {
        mention.placed = true;
        continue;
      }
      if (this.liesWithin(head, mention)) continue;
      const owners = this.ownersOf(mention, head, ranked);
      const options = owners.flatMap((owner) => {
        const related = this.relation(owner, mention);
        return related ? [{ owner, related }] : [];
      });
      const lengthOf = ({ related }: { readonly related: Related }) =>
        Math.min(...related.routes.map(({ length }) => length));
      const [best] = options.toSorted((left, right) => lengthOf(left) - lengthOf(right));
      if (!best) {
        this.understood.delete(mention.part);
        continue;
      }
      mention.placed = true;
      const { owner, related } = best;
      owner.meant.related.push(related);
    }
    this.bareRelations(head);
  }

  /** `cities in Italy`: entities of a hierarchy below others of it, unless words for a relation say something else. */
  protected liesWithin(head: Mention, mention: Mention): boolean {
    const { kind, slugs } = mention.meant;
    if (kind !== head.meant.kind || slugs.length === 0 || head.meant.slugs.length > 0) return false;
    const hierarchy = this.ontology.hierarchyOf(kind);
    const named = this.namedRelation(head, mention);
    const isNamed = named?.relation === hierarchy && named?.toward === 'backward';
    if (hierarchy === undefined || (named && !isNamed)) return false;
    if (named) this.take(named.part, 'RELATION', named.relation);
    head.meant.slugs = slugs;
    head.meant.conditions.push({ is: 'values', property: 'slug', values: slugs, isText: true, negated: true });
    mention.placed = true;
    return true;
  }

  protected ownersOf(mention: Mention, head: Mention, ranked: Mention | undefined): readonly Mention[] {
    const nouns = this.mentions.filter((other) => other.isNoun && other !== mention && other.placed);
    const all = ranked && !nouns.includes(ranked) ? [...nouns, ranked] : nouns;
    const next = all.filter(({ index }) => index > mention.index);
    const before = all.filter(({ index }) => index < mention.index).toReversed();
    const adjacent = next.filter(({ index }) => index === mention.index + 1);
    const ordered = this.describesBefore ? [...next, head, ...before] : [...adjacent, ...before, head, ...next];
    return [...new Set(ordered)];
  }

  protected relation(owner: Mention, mention: Mention): Related | undefined {
    const isEntity = mention.meant.slugs.length > 0;
    const [from, to] = [owner.meant.kind, mention.meant.kind];
    const [nearest] = routesBetween(this.ontology, from, to, { isEntity });
    const found = this.namedRelation(owner, mention);
    // Words for a relation far away belong to something else.
    const named = found && nearest && nearest.length < found.length ? undefined : found;
    const wanted = named ? { relation: named.relation, toward: named.toward } : {};
    const routes = routesBetween(this.ontology, from, to, { ...wanted, isEntity });
    const usual = routes.length > 0 ? routes : routesBetween(this.ontology, from, to, { isEntity });
    if (usual.length === 0) {
      // The entities themselves.
      return undefined;
    }
    if (named && routes.length > 0) this.take(named.part, 'RELATION', named.relation);
    const count = this.countOf(mention);
    return {
      to: mention.meant,
      routes: usual,
      role: routes.length > 0 ? named?.role : undefined,
      negated: this.isNegated(mention.index),
      count,
    };
  }

  /** The words for a relation that stand between two mentions, or beside one. */
  protected namedRelation(owner: Mention, mention: Mention) {
    const [low, high] = [Math.min(owner.index, mention.index), Math.max(owner.index, mention.index)];
    const places = this.parts
      .map((part, index) => ({ part, index }))
      .filter(({ index }) => {
        if (index === mention.index) return false;
        const isBetween = index >= low && index <= high;
        return isBetween || Math.abs(index - high) <= 2 || this.sign('who') !== undefined;
      });
    const options = places.flatMap(({ part }) =>
      this.relationsOf(part).flatMap((named) => {
        // The words name what stands at an end, seen from the other.
        const isSeenFromThere = owner.isRole && part === owner.part && named.toward !== undefined;
        const one = isSeenFromThere ? { ...named, toward: opposite[named.toward ?? 'forward'] } : named;
        const [fit] = routesBetween(this.ontology, owner.meant.kind, mention.meant.kind, {
          ...one,
          isEntity: mention.meant.slugs.length > 0,
        });
        return fit ? [{ ...one, part, length: fit.length }] : [];
      }),
    );
    return options.toSorted((left, right) => left.length - right.length)[0];
  }

  /** `labs without a host`, `labs with more than two partners`: words for a relation alone, negated or counted. */
  protected bareRelations(head: Mention): void {
    for (const [index, part] of this.parts.entries()) {
      if (this.understood.has(part) || this.relationsOf(part).length === 0) continue;
      const negation = this.negationBefore(index);
      const count = negation ? undefined : this.countOf({ index });
      if (!negation && !count) continue;
      for (const { relation, toward, role } of this.relationsOf(part)) {
        const field = [...this.ontology.relationFieldsOf(head.meant.kind).values()].find(
          (one) =>
            one.relation === relation &&
            (toward === undefined || one.reading === 'BOTH' || (one.reading === 'FORWARD') === (toward === 'forward')),
        );
        if (!field || field.target === 'Entity') continue;
        const to: Meant = {
          kind: field.target,
          start: part.start,
          end: part.end,
          slugs: [],
          conditions: [],
          related: [],
        };
        head.meant.related.push({ to, routes: [[field]], role, negated: negation !== undefined, count });
        this.take(part, 'RELATION', relation);
        this.takeSign(negation);
        break;
      }
    }
  }

  /** `more than five labs`: how many of what is mentioned there must be. */
  protected countOf({ index }: Pick<Mention, 'index'>): Operators | undefined {
    if (!this.describesBefore || this.numberBefore(index)) return this.numberBefore(index);
    return this.comparedAfter(index);
  }

  protected numberBefore(index: number): Operators | undefined {
    let before = this.beside(index, -1);
    while (before && (measures.has(before.part.written) || meansOf(before.part, 'value').length > 0))
      before = this.beside(before.index, -1);
    const orMore = before && signOf(before.part) === 'orMore' ? before.part : undefined;
    if (before && orMore) before = this.beside(before.index, -1);
    return before ? this.operators(before.index, orMore) : undefined;
  }

  /** `实验室超过五个的国家`. */
  protected comparedAfter(index: number): Operators | undefined {
    const after = this.beside(index, 1);
    if (!after || !comparisons[signOf(after.part) ?? 'who']) return undefined;
    const number = this.beside(after.index, 1);
    return number ? this.operators(number.index, undefined) : undefined;
  }
}
