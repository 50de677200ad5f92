import type { GraphQLResolveInfo } from 'graphql';
import { limits } from './limits.ts';

/** A connection whose page ended where the default size did. */
export interface CutPage {
  readonly path: readonly string[];
  readonly message: string;
}

const pathOf = (path: GraphQLResolveInfo['path'] | undefined): readonly string[] =>
  path ? [...pathOf(path.prev), ...(typeof path.key === 'number' ? [] : [path.key])] : [];

/** The connections of a response that a client may take for whole lists: it gave no size, and there are more entries. */
export class CutPages {
  readonly #found = new Map<string, CutPage>();

  /** Notes the connection that a field belongs to; of the same connection of several entities, the first. */
  note({ path }: Pick<GraphQLResolveInfo, 'path'>): void {
    if (this.#found.size >= limits.hints) return;
    const names = pathOf(path.prev);
    const key = names.join('.');
    if (this.#found.has(key)) return;
    const message = `\`${names.at(-1)}\` has more entries than the ${limits.defaultPageSize} of the default page. Pass \`first\` (at most ${limits.pageSize}), or read on after \`pageInfo.endCursor\`.`;
    this.#found.set(key, { path: names, message });
  }

  get all(): readonly CutPage[] {
    return [...this.#found.values()];
  }
}
