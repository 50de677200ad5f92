import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect, useRef } from 'react';
import { isHarmless } from '../requests/operations.ts';
import type { Linked } from './link.ts';

/** Selects the operation of a link, and runs it if it only reads, once the editors have its text. */
export function LinkedQuery({ linked }: { readonly linked: Linked | undefined }) {
  const { operations, responseEditor } = useGraphiQL(pick('operations', 'responseEditor'));
  const { run, setOperationName } = useGraphiQLActions();
  const isOpened = useRef(false);
  useEffect(() => {
    if (!linked || !operations || !responseEditor || isOpened.current) return;
    isOpened.current = true;
    if (linked.operationName) setOperationName(linked.operationName);
    if (isHarmless(linked.query)) run();
  }, [linked, operations, responseEditor, run, setOperationName]);
  return null;
}
