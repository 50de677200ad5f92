import type { Card, Hop } from '../../drawing/answers.ts';
import { emptyPiece, merge, type Piece } from '../../drawing/piece.ts';
import { capitalized, kindOf } from '../../drawing/words.ts';
import { AskError, type Asked } from '../api/ask.ts';
import { askInOntology } from '../api/ontology.ts';
import { keyedResource } from '../api/resource.ts';
import { filterOf, listedKind } from '../list/selection.ts';
import { type Condition, escaped, type Form } from '../navigation/address.ts';
import { textIn } from '../navigation/form.ts';
import type { PartOfList } from '../parts/use-further.ts';
import { queryNamed, settings } from '../settings/known.ts';
import { say } from '../settings/say.tsx';

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

/** An entity of a pattern in words: `Laboratory A`. */
export const thingInWords = ({ kind, name }: Thing): string =>
  `${capitalized(settings().kinds[kind]?.fullOne ?? kind)} ${name.toUpperCase()}`;

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
  if (!letters.includes(name) || !Object.hasOwn(settings().kinds, kind)) return [];
  const where = rest.flatMap((facet, index) =>
    index % 2 === 0 && facet !== '' ? [{ facet, value: rest[index + 1] ?? '' }] : [],
  );
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

/** The pattern of a form. What cannot be read is left out. */
export function patternOf({ things: given, links }: Form): Pattern {
  const things = partsOf(given).flatMap(readThing).slice(0, MOST_THINGS);
  if (things.length === 0) return firstPattern();
  const names = new Set(things.map(({ name }) => name));
  return {
    things,
    links: partsOf(links).flatMap(([from = '', relation = '', to = '', negated]) =>
      names.has(from) && names.has(to) && relation !== '' ? [{ from, relation, to, isNegated: negated === 'not' }] : [],
    ),
  };
}

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
  const links = pattern.links.filter((each) => each !== link);
  const [first] = pattern.things;
  const reached = new Set(first ? [first.name] : []);
  for (let size = 0; size < reached.size; ) {
    size = reached.size;
    for (const { from, to } of links) if (reached.has(from) || reached.has(to)) reached.add(from).add(to);
  }
  return {
    things: pattern.things.filter(({ name }) => reached.has(name)),
    links: links.filter(({ from }) => reached.has(from)),
  };
}

/** The query of a pattern. */
export function patternAsked({ things, links }: Pattern): Asked {
  const entities = things.map(({ name, kind, slug, where }) => {
    const listed = listedKind(settings().kinds[kind]?.list.field);
    return {
      as: name,
      kind: kindOf(kind),
      ...(slug !== undefined && { id: slug }),
      ...(listed && where.length > 0 && { filter: { [listed.kind.list.fieldOfOne]: filterOf(listed, where) } }),
    };
  });
  const relations = links.map(({ from, relation, to, isNegated }) => ({
    ...{ from, relation, to },
    ...(isNegated && { negated: true }),
  }));
  return { query: queryNamed('pattern'), variables: { pattern: { entities, relations }, first: 50 } };
}

/** A set of entities that fits. */
export interface Match {
  readonly entities: readonly { readonly as: string; readonly entity: Card | null }[];
  readonly relations: readonly Hop[] | null;
}

/** A page of the sets that fit. */
export interface Matches extends PartOfList<Match> {
  readonly totalCount: number;
}

interface Answer {
  readonly match: {
    readonly totalCount: number;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    readonly nodes: readonly Match[];
  };
}

/** Sets that a graph draws. */
export const MOST_DRAWN = 100;

/** The query of the sets that a graph draws. */
export function patternDrawn(form: Pick<Form, 'things' | 'links'>): Asked {
  const { query, variables } = patternAsked(patternOf(form));
  return { query, variables: { ...variables, first: MOST_DRAWN } };
}

/** Sets as entities and their relations, each once. */
export const pieceOf = (rows: readonly Match[]): Piece =>
  merge(emptyPiece, {
    nodes: rows.flatMap(({ entities }) => entities.flatMap(({ entity }) => entity ?? [])),
    edges: rows.flatMap(({ relations }) => relations ?? []),
  });

/** A page of the sets that fit a pattern. @throws AskError */
export async function readMatches({ query, variables = {} }: Asked, after?: string): Promise<Matches> {
  try {
    const { match } = await askInOntology<Answer>({
      query,
      variables: { ...variables, ...(after !== undefined && { after }) },
    });
    const { totalCount, nodes, pageInfo } = match;
    return { totalCount, rows: nodes, next: pageInfo.hasNextPage ? pageInfo.endCursor : null };
  } catch (error) {
    const { entities } = variables.pattern as { readonly entities: readonly { readonly id?: string }[] };
    const slugs = entities.flatMap(({ id }) => (id === undefined ? [] : [id]));
    const missing = slugs.filter((slug) => error instanceof AskError && error.message.includes(`"${slug}"`));
    if (missing.length === 0) throw error;
    const message = say('{names} does not exist, or is of another kind. Choose another entity.', {
      names: missing.join(', '),
    });
    throw new AskError(message, { cause: error });
  }
}

/** The first sets that fit, by the query as JSON. */
export const firstMatches = keyedResource((asked) => readMatches(JSON.parse(asked) as Asked));
