import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect, useRef } from 'react';
import { isHarmless } from './is-harmless.ts';
import type { Linked } from './link.ts';

/** Runs the query of a link once the editors have it, so that a link shows an answer. */
export function RunLinked({ linked }: { readonly linked: Linked | undefined }) {
  const { run } = useGraphiQLActions();
  const { queryEditor, operations } = useGraphiQL(pick('queryEditor', 'operations'));
  const hasRun = useRef(false);
  useEffect(() => {
    if (hasRun.current || !linked || !isHarmless(linked.query) || !operations) return;
    if (queryEditor?.getValue().trim() !== linked.query.trim()) return;
    hasRun.current = true;
    run();
  }, [linked, queryEditor, operations, run]);
  return null;
}
