import type { Card, Hop } from '../../drawing/answers.ts';
import { emptyPiece, merge, type Piece } from '../../drawing/piece.ts';
import { capitalized, kindOf } from '../../drawing/words.ts';
import { AskError, type Asked } from '../api/ask.ts';
import { askInOntology } from '../api/ontology.ts';
import { keyedResource } from '../api/resource.ts';
import { filterOf, listedKind } from '../list/selection.ts';
import type { Form } from '../navigation/address.ts';
import { type Pattern, patternOf, type Thing } from '../navigation/pattern.ts';
import type { PartOfList } from '../parts/use-further.ts';
import { queryNamed, settings } from '../settings/known.ts';
import { say } from '../settings/say.tsx';

/** An entity of a pattern in words: `Laboratory A`. */
export const thingInWords = ({ kind, name }: Thing): string =>
  `${capitalized(settings().kinds[kind]?.fullOne ?? kind)} ${name.toUpperCase()}`;

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
