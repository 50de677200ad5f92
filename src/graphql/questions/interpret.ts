import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { LimitedParts } from './limited-parts.ts';
import { type Chosen, isYearWord } from './marked-parts.ts';
import { type Meaning, meansOf, type Part, signOf } from './meanings.ts';
import type { Asked, GroupKey, Interpretation } from './meant.ts';
import type { Mention } from './mentioned-parts.ts';
import { type Route, routesBetween } from './routes.ts';

const MOST_RANKED = 10;

/** Reads the parts of one question. */
class Reading extends LimitedParts {
  read(text: string): Interpretation {
    const asked = this.asked() ?? ({ is: 'search', text } as const);
    const left = this.parts.filter(
      (part, index) =>
        !this.understood.has(part) &&
        !meansOf(part, 'filler').length &&
        !(signOf(part) === 'per' && this.isPassed(index)),
    );
    return {
      asked,
      understood: this.parts.flatMap((part) => this.understood.get(part) ?? []),
      leftOut: left.filter((part) => signOf(part) !== 'which' && signOf(part) !== 'or'),
    };
  }

  protected asked(): Asked | undefined {
    this.mention();
    return this.connection() ?? this.gaps() ?? this.property() ?? this.aboutKind() ?? this.loneEntity();
  }

  protected connection(): Asked | undefined {
    const single = this.mentions.flatMap(({ meant }) => meant.slugs);
    const connected = this.sign('connected');
    const [from, to] = single;
    if (connected && from !== undefined && to !== undefined) {
      this.takeSign(connected);
      return { is: 'paths', from, to };
    }
    const compared = this.sign('compared');
    if (compared && single.length > 1) {
      this.takeSign(compared);
      return { is: 'comparison', slugs: single };
    }
    return undefined;
  }

  protected gaps(): Asked | undefined {
    const [missing, disputed] = [this.sign('missing'), this.sign('disputed')];
    const found = missing ?? disputed;
    if (!found || this.mentions.some(({ meant }) => meant.slugs.length > 0)) return undefined;
    this.takeSign(found);
    const kind = this.mentions.map(({ meant }) => meant.kind).find((one) => one !== this.ontology.provenance?.kind);
    return { is: 'gaps', field: missing ? 'missing' : 'conflicts', kind };
  }

  /** A property of one entity: its capital, or when it was founded. */
  protected property(): Asked | undefined {
    const [only, ...others] = this.mentions;
    const slug = only?.meant.slugs[0];
    if (!only || slug === undefined || others.length > 0) return undefined;
    const { kind } = only.meant;
    // Where somebody was born is a place, not a year.
    if (this.sign('where') && this.parts.some((part) => meansOf(part, 'relation').length > 0)) return undefined;
    const named = this.parts.flatMap((part) => {
      const found = meansOf(part, 'property').filter((one) => one.kind === kind);
      for (const { property } of found) this.take(part, 'PROPERTY', `${kind}.${property}`);
      return found.map(({ property }) => property);
    });
    const when = this.sign('when');
    const times = when && named.length === 0 ? this.timesOf(kind).map(([name]) => name) : [];
    const properties = [...new Set([...named, ...times])];
    if (properties.length === 0) return undefined;
    this.takeSign(when);
    return { is: 'entity', slug, kind, properties };
  }

  protected loneEntity(): Asked | undefined {
    const [only, ...others] = this.mentions;
    const slug = only?.meant.slugs[0];
    if (!only || slug === undefined || others.length > 0 || only.meant.slugs.length > 1) return undefined;
    return { is: 'entity', slug, kind: only.meant.kind, properties: [] };
  }

  /** What entities of a kind are asked for. */
  protected aboutKind(): Asked | undefined {
    const key = this.groupKey();
    const head = this.head();
    if (!head) return undefined;
    head.placed = true;
    const ranked = this.rankedBy(head);
    this.place(head, ranked?.mention);
    this.times(head);
    this.numbers(head);
    this.absent(head);
    this.flags();
    this.texts(head);
    const count = this.sign('count');
    this.takeSign(count);
    this.takeSign(this.sign('who'));
    if (head.isRole) this.takeSign(this.sign('where'));
    if (ranked) return this.ranking(head, ranked);
    const oldest = this.byTime(head);
    if (oldest) return oldest;
    if (key) {
      const route = this.routeToKey(head.meant.kind, key);
      if (route) {
        this.takeSign(this.sign('per'));
        return { is: 'groups', of: head.meant, key: route };
      }
    }
    return { is: count ? 'count' : 'list', of: head.meant };
  }

  protected rankedBy(head: Mention) {
    const [most, fewest, top] = [this.sign('most'), this.sign('fewest'), this.sign('top')];
    const sign = most ?? fewest ?? top;
    if (!sign) return undefined;
    const at = this.parts.indexOf(sign);
    const per = this.parts.findIndex((part) => signOf(part) === 'per');
    const from = top && !most && !fewest && per >= 0 ? per : at;
    const others = this.mentions.filter(
      (mention) =>
        mention !== head &&
        mention.isNoun &&
        routesBetween(this.ontology, head.meant.kind, mention.meant.kind).length > 0,
    );
    const after = others.find(({ index }) => index > from);
    const before = others.filter(({ index }) => index < from).at(-1);
    const mention = this.describesBefore ? (before ?? after) : (after ?? before);
    const property = this.parts.flatMap((part) =>
      meansOf(part, 'property')
        .filter(
          ({ kind, property: name }) =>
            kind === head.meant.kind && ['int', 'float'].includes(this.ontology.propertyOf(kind, name).type),
        )
        .map((one) => ({ ...one, part })),
    )[0];
    return mention || property ? { sign, mention, property, descending: !fewest } : undefined;
  }

  protected ranking(
    head: Mention,
    { sign, mention, property, descending }: NonNullable<ReturnType<Reading['rankedByOf']>>,
  ): Asked | undefined {
    this.takeSign(sign);
    const number = this.parts.find((part) => meansOf(part, 'number').length > 0 && !this.understood.has(part));
    const isOne = number === undefined && this.sign('top') === undefined && this.isSingular(head.part);
    if (number) this.take(number, 'NUMBER', String(this.numberIn(number)));
    const first = Math.min((number && this.numberIn(number)) ?? (isOne ? 1 : MOST_RANKED), 100);
    this.takeSign(this.sign('top'));
    this.takeSign(this.sign('per'));
    if (mention) {
      const by = this.relation(head, mention);
      if (!by) return undefined;
      return { is: 'ranking', of: head.meant, by, descending, first };
    }
    if (!property) return undefined;
    this.take(property.part, 'PROPERTY', `${property.kind}.${property.property}`);
    return { is: 'ranking', of: head.meant, by: { property: property.property }, descending, first };
  }

  rankedByOf(head: Mention) {
    return this.rankedBy(head);
  }

  protected isSingular({ written }: Part): boolean {
    const asked = this.parts.find((part) => signOf(part) === 'which')?.written ?? '';
    return /哪个|哪家|哪一个/.test(asked) || (!this.describesBefore && !/s$/i.test(written));
  }

  /** `the newest labs`. */
  protected byTime(head: Mention): Asked | undefined {
    const [newest, oldest] = [this.sign('newest'), this.sign('oldest')];
    const sign = newest ?? oldest;
    const found = sign && this.timeProperty([head]);
    if (!sign || !found) return undefined;
    this.takeSign(sign);
    const number = this.parts.find((part) => meansOf(part, 'number').length > 0);
    if (number) this.take(number, 'NUMBER', String(this.numberIn(number)));
    const first = Math.min((number && this.numberIn(number)) ?? (this.isSingular(head.part) ? 1 : MOST_RANKED), 100);
    return { is: 'ranking', of: head.meant, by: { property: found.property }, descending: newest !== undefined, first };
  }

  /** The part by which groups are formed. */
  protected groupKey(): Part | undefined {
    const index = this.parts.findIndex((_, at) => this.isKey(at));
    return this.parts[index];
  }

  protected routeToKey(kind: Kind, part: Part): GroupKey | undefined {
    const choices: { readonly key: GroupKey; readonly as: Chosen; readonly means: string }[] = [];
    for (const meaning of part.meanings) {
      const key = this.keyOf(kind, meaning);
      if (key)
        choices.push({
          key,
          as: meaning.is === 'kind' ? 'KIND' : 'PROPERTY',
          means: meaning.is === 'kind' ? meaning.kind : part.written,
        });
    }
    const isYear = isYearWord(part);
    const [time] = isYear
      ? this.timesOf(kind).toSorted(
          ([one, left], [other, right]) =>
            Number(this.namesProperty(kind, other)) - Number(this.namesProperty(kind, one)) ||
            Number(right.type === 'int') - Number(left.type === 'int'),
        )
      : [];
    if (time) this.takeProperty(kind, time[0]);
    if (time)
      choices.unshift({
        key: { route: [], property: time[0], byYear: time[1].type === 'date' },
        as: 'TIME',
        means: `${kind}.${time[0]}`,
      });
    const [best] = choices.toSorted((left, right) => left.key.route.length - right.key.route.length);
    if (best) this.take(part, best.as, best.means);
    return best?.key;
  }

  protected keyOf(kind: Kind, meaning: Meaning): GroupKey | undefined {
    if (meaning.is === 'kind') {
      const [route] = routesBetween(this.ontology, kind, meaning.kind);
      return route ? { route } : undefined;
    }
    if (meaning.is !== 'property') return undefined;
    const { type } = this.ontology.propertyOf(meaning.kind, meaning.property);
    if (type !== 'enumeration' && type !== 'text' && type !== 'date' && type !== 'int') return undefined;
    const [route] = meaning.kind === kind ? [[] as Route] : routesBetween(this.ontology, kind, meaning.kind);
    return route ? { route, property: meaning.property, byYear: type === 'date' } : undefined;
  }
}

/** What a question asks, from its parts. @param describesBefore whether what describes a thing stands before it */
export const interpret = (
  ontology: Ontology,
  parts: readonly Part[],
  describesBefore: boolean,
  text: string,
): Interpretation => new Reading(ontology, parts, describesBefore).read(text);
