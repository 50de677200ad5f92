import type { Cell } from '../../drawing/csv.ts';
import { dateInWords } from '../../drawing/words.ts';
import { AskError, type Asked, ask } from '../api/ask.ts';
import { missingEntity } from '../api/missing-entity.ts';
import { askInOntology } from '../api/ontology.ts';
import { keyedResource, singleResource } from '../api/resource.ts';
import { textOfValue, typeOfProperty } from '../panels/text-of-value.ts';
import type { PartOfList } from '../parts/use-further.ts';
import { queryNamed } from '../settings/known.ts';

interface Reference {
  readonly slug: string;
  readonly kind: string;
  readonly entity: { readonly name: string; readonly nameZh?: string | null } | null;
}

/** A value of a property of a kind or relation as the text of a cell. */
export const cellOfChange = (owner: string, name: string, value: unknown): Cell =>
  textOfValue(value, typeOfProperty(owner, name));

/** The same as a text of the page. */
export function valueOfChange(owner: string, name: string, value: unknown): string {
  if (typeOfProperty(owner, name) === 'date' && typeof value === 'string') return dateInWords(value);
  return String(cellOfChange(owner, name, value)) || '–';
}

/** When and by whom a change was made, and why. */
export interface Made {
  readonly at: string;
  readonly author: string;
  readonly reason: string | null;
}

interface PropertyDifference {
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
  /** The last change that made it. */
  readonly change: Made;
}

type Action = 'CREATED' | 'UPDATED' | 'DELETED';

/** What differs of a record between two states. */
export interface Difference {
  readonly action: Action;
  readonly relation: string | null;
  readonly entity: Reference | null;
  readonly from: Reference | null;
  readonly to: Reference | null;
  readonly properties: readonly PropertyDifference[];
  /** All that was done to it in between. */
  readonly changes: readonly (Made & { readonly action: Action })[];
}

/** What made a difference: who created or deleted the record, or who gave its properties their values. */
export function madeBy({ action, properties, changes }: Difference): readonly Made[] {
  const last = changes.findLast((change) => change.action === action) ?? changes.at(-1);
  const made = action === 'UPDATED' && properties.length > 0 ? properties.map(({ change }) => change) : [last];
  return [...new Map(made.flatMap((one) => (one ? [[JSON.stringify(one), one] as const] : []))).values()];
}

interface Counts {
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
}

/** A page of differences. */
export interface Differences extends PartOfList<Difference> {
  readonly totalCount: number;
  readonly from: { readonly at: string };
  readonly entities: Counts;
  readonly relations: Counts;
}

/** What the page of changes shows. */
export interface Since {
  /** A day, as `2026-01-31`. */
  readonly from: string;
  /** The last day; today if there is none. */
  readonly to: string;
  readonly around: readonly string[];
  readonly kind: string | undefined;
}

/** The first change that is recorded. */
export interface Beginning {
  readonly sequence: number;
  readonly at: string;
}

/** When the recorded history begins; `undefined` while nothing is recorded. */
export const historyBegins = singleResource(async () => {
  const { changes } = await ask<{ changes: { nodes: readonly Beginning[] } }>({
    query: queryNamed('first change'),
  });
  return changes.nodes[0];
});

/** The query of the page. A day before history begins stands for its beginning. */
export function changesAsked({ from, to, around, kind }: Since, begins: Beginning | undefined): Asked {
  const start = `${from}T00:00:00Z`;
  const isBefore = begins !== undefined && Date.parse(start) < Date.parse(begins.at);
  const end = `${to}T23:59:59Z`;
  const isPast = to !== '' && Date.parse(end) < Date.now();
  return {
    query: queryNamed('difference'),
    variables: {
      from: isBefore ? { revision: begins.sequence } : { at: start },
      ...(isPast && { to: { at: end } }),
      ...(around.length > 0 && { around }),
      ...(kind !== undefined && { kinds: [kind] }),
    },
  };
}

type Answer = {
  readonly diff: Omit<Differences, 'rows' | 'next'> & {
    readonly nodes: readonly Difference[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
};

/** A page of differences. @throws AskError */
export async function readDifferences({ query, variables = {} }: Asked, after?: string): Promise<Differences> {
  try {
    const { diff } = await askInOntology<Answer>({
      query,
      variables: { ...variables, ...(after !== undefined && { after }) },
    });
    const { nodes, pageInfo, ...others } = diff;
    return { ...others, rows: nodes, next: pageInfo.hasNextPage ? pageInfo.endCursor : null };
  } catch (error) {
    throw error instanceof AskError ? missingEntity(error, (variables.around ?? []) as readonly string[]) : error;
  }
}

/** The first differences, by the query as JSON. */
export const firstDifferences = keyedResource((asked) => readDifferences(JSON.parse(asked) as Asked));
