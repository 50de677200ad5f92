/** A page of a connection. `pageInfo` must be selected. */
export interface Page {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
  readonly nodes?: readonly unknown[];
  readonly edges?: readonly { readonly node?: unknown }[];
}

/** Node type of a connection, from its selected fields. */
export type NodeOf<P extends Page> = P extends { readonly nodes: readonly (infer Node)[] }
  ? Node
  : P extends { readonly edges: readonly { readonly node: infer Node }[] }
    ? Node
    : never;

/** Reads a connection page by page. */
export async function* walkPages<P extends Page>(
  ask: (after: string | undefined) => Promise<P | null | undefined>,
): AsyncGenerator<P, void, undefined> {
  let after: string | undefined;
  while (true) {
    const page = await ask(after);
    if (!page) return;
    yield page;
    const { hasNextPage, endCursor } = page.pageInfo;
    if (!hasNextPage) return;
    if (typeof endCursor !== 'string')
      throw new TypeError('Select `pageInfo { hasNextPage endCursor }` to walk pages.');
    if (endCursor === after) {
      throw new TypeError(
        'The same page was returned twice. Declare the variable `$after: String` and pass it as `after`.',
      );
    }
    after = endCursor;
  }
}

/** The nodes of all pages. */
export async function* nodesOf<P extends Page>(pages: AsyncIterable<P>): AsyncGenerator<NodeOf<P>, void, undefined> {
  for await (const { nodes, edges } of pages) {
    yield* (nodes ?? (edges ?? []).map(({ node }) => node)) as readonly NodeOf<P>[];
  }
}
