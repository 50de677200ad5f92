import { useState } from 'preact/hooks';

/** Part of a list, with the cursor of what follows. */
export interface PartOfList<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
}

/** The rows of a list, with further pages once they are wanted. The key says which list it is. */
export function useFurther<Row>(
  key: string,
  first: PartOfList<Row> | undefined,
  read: (after: string) => Promise<PartOfList<Row>>,
) {
  const [further, setFurther] = useState<(PartOfList<Row> & { readonly key: string }) | undefined>();
  const [isLoading, setLoading] = useState(false);
  const [failed, setFailed] = useState<{ readonly key: string; readonly message: string } | undefined>();
  const own = further?.key === key ? further : undefined;
  const next = own ? own.next : (first?.next ?? null);
  async function more() {
    if (next === null || isLoading) return;
    setLoading(true);
    setFailed(undefined);
    try {
      const page = await read(next);
      setFurther({ key, rows: [...(own?.rows ?? []), ...page.rows], next: page.next });
    } catch (error) {
      setFailed({ key, message: error instanceof Error ? error.message : String(error) });
    } finally {
      setLoading(false);
    }
  }
  return {
    rows: [...(first?.rows ?? []), ...(own?.rows ?? [])],
    next,
    isLoading,
    failure: failed?.key === key ? failed.message : undefined,
    more,
  };
}
