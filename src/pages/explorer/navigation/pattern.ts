import { settings } from '../settings/known.ts';
import { type Condition, escaped, type Form } from './address.ts';
import { isKnownCondition } from './conditions.ts';
import { textIn } from './form.ts';

/** An entity of a pattern: what may stand for it. */
export interface Thing {
  /** A letter. */
  readonly name: string;
  /** Type name of its kind. */
  readonly kind: string;
  /** The only entity that may stand for it. */
  readonly slug?: string;
  readonly where: readonly Condition[];
}

/** A relation of a pattern, in its stored direction. */
export interface Link {
  readonly from: string;
  readonly relation: string;
  readonly to: string;
  /** Whether it must not exist. */
  readonly isNegated: boolean;
}

export interface Pattern {
  readonly things: readonly Thing[];
  readonly links: readonly Link[];
}

/** Most entities of a pattern. */
export const MOST_THINGS = 6;

const letters = [...'abcdefghijklmnopqrstuvwxyz'];

/** A letter that no entity of the pattern has. */
export const freeName = ({ things }: Pattern): string =>
  letters.find((letter) => things.every(({ name }) => name !== letter)) ?? 'z';

const joined = (parts: readonly string[]) => parts.map(escaped).join('~').replace(/~+$/, '');

/** A pattern as parts of an address. */
export const formOfPattern = ({ things, links }: Pattern): Pick<Form, 'things' | 'links'> => ({
  things: things
    .map(({ name, kind, slug = '', where }) =>
      joined([name, kind, slug, ...where.flatMap(({ facet, value }) => [facet, value])]),
    )
    .join(','),
  links: links
    .map(({ from, relation, to, isNegated }) => joined([from, relation, to, isNegated ? 'not' : '']))
    .join(','),
});

const partsOf = (text: string | undefined) =>
  (text ?? '')
    .split(',')
    .filter((part) => part !== '')
    .map((part) => part.split('~').map(textIn));

function readThing([name = '', kind = '', slug = '', ...rest]: readonly string[]): readonly Thing[] {
  const settled = settings().kinds[kind];
  if (!letters.includes(name) || !settled) return [];
  const where = rest
    .flatMap((facet, index) => (index % 2 === 0 ? [{ facet, value: rest[index + 1] ?? '' }] : []))
    .filter((condition) => isKnownCondition(settled, condition));
  return [{ name, kind, ...(slug !== '' && { slug }), where }];
}

/** Relations of a kind that a pattern may follow, by the field that the kind has for them. */
export const fieldsOfKind = (kind: string) => Object.entries(settings().kinds[kind]?.fields ?? {});

/** A pattern that every graph has something for: the kind that stands out with the first of its relations. */
export function firstPattern(): Pattern {
  const kinds = Object.entries(settings().kinds).filter(([, { fields }]) => Object.keys(fields).length > 0);
  const [kind = '', settled] = kinds.find(([, { highlight }]) => highlight !== null) ?? kinds[0] ?? [];
  const [field] = Object.values(settled?.fields ?? {});
  const start: Pattern = { things: [{ name: 'a', kind, where: [] }], links: [] };
  return field ? withLink(start, 'a', field, undefined) : start;
}

/** Whether a relation can lead from one kind to another, in its stored direction. */
function isKnownLink(from: string | undefined, relation: string, to: string | undefined): boolean {
  const leads = (near: string | undefined, far: string | undefined, isForward: boolean) =>
    fieldsOfKind(near ?? '').some(
      ([, field]) => field.relation === relation && field.isForward === isForward && field.target === far,
    );
  return leads(from, to, true) || leads(to, from, false);
}

/** A pattern without the entities that nothing connects with the first one. */
function connected({ things, links }: Pattern): Pattern {
  const [first] = things;
  const reached = new Set(first ? [first.name] : []);
  for (let size = 0; size < reached.size; ) {
    size = reached.size;
    for (const { from, to } of links) if (reached.has(from) || reached.has(to)) reached.add(from).add(to);
  }
  return {
    things: things.filter(({ name }) => reached.has(name)),
    links: links.filter(({ from }) => reached.has(from)),
  };
}

/** The pattern of a form without what cannot be read or asked; undefined if nothing is left. */
export function readPattern({ things: given, links }: Pick<Form, 'things' | 'links'>): Pattern | undefined {
  const things = partsOf(given).flatMap(readThing).slice(0, MOST_THINGS);
  if (things.length === 0) return undefined;
  const kindOf = new Map(things.map(({ name, kind }) => [name, kind]));
  return connected({
    things,
    links: partsOf(links).flatMap(([from = '', relation = '', to = '', negated]) =>
      isKnownLink(kindOf.get(from), relation, kindOf.get(to))
        ? [{ from, relation, to, isNegated: negated === 'not' }]
        : [],
    ),
  });
}

/** The pattern of a form, else the first one. */
export const patternOf = (form: Form): Pattern => readPattern(form) ?? firstPattern();

/** A pattern with a relation from one of its entities, to another one or to a new one. */
export function withLink(
  pattern: Pattern,
  name: string,
  { relation, isForward, target }: { readonly relation: string; readonly isForward: boolean; readonly target: string },
  to: string | undefined,
): Pattern {
  const far = to ?? freeName(pattern);
  const things = to === undefined ? [...pattern.things, { name: far, kind: target, where: [] }] : pattern.things;
  const link = { ...(isForward ? { from: name, to: far } : { from: far, to: name }), relation, isNegated: false };
  return { things, links: [...pattern.links, link] };
}

/** A pattern without one of its relations, and without the entities that nothing connects with the first one then. */
export function withoutLink(pattern: Pattern, link: Link): Pattern {
  return connected({ ...pattern, links: pattern.links.filter((each) => each !== link) });
}
