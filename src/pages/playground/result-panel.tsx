import { pick, useGraphiQL } from '@graphiql/react';
import { Suspense, useLayoutEffect, useState, useSyncExternalStore } from 'react';
import { say } from '../drawing/say.ts';
import { CodeView } from './answers/code-view.tsx';
import { TableView } from './answers/table-view.tsx';
import { CostLine } from './cost-line.tsx';
import { loadedLater } from './loaded-later.tsx';
import { Errors, SchemaNotice } from './notices.tsx';
import type { Exchange, Exchanges } from './requests/exchange.ts';

const GraphView = loadedLater(async () => (await import('./picture/graph-view.tsx')).GraphView);

/** What an exchange may be shown as besides the result view of GraphiQL. */
const contents = { Table: TableView, Graph: GraphView, Code: CodeView };

type View = 'Result' | keyof typeof contents;

/** Titles of the views, as functions: the language is known only later. */
const titles: Readonly<Record<View, () => string>> = {
  Result: () => say('Result'),
  Table: () => say('Table'),
  Graph: () => say('Graph'),
  Code: () => say('Code'),
};

/** The last exchange of the active tab, and how it is shown. */
function useShown(exchanges: Exchanges): readonly [Exchange | undefined, View, (view: View) => void] {
  const { tabs, activeTabIndex, queryId } = useGraphiQL(pick('tabs', 'activeTabIndex', 'queryId'));
  const tab = tabs[activeTabIndex]?.id ?? '';
  const [view, choose] = useState<View>('Result');
  useLayoutEffect(() => exchanges.setTab(tab), [exchanges, tab]);
  // GraphiQL counts its runs, and writes why it sent nothing into its own view.
  useLayoutEffect(() => {
    if (queryId > 0 && !exchanges.endRun()) choose('Result');
  }, [exchanges, queryId]);
  return [useSyncExternalStore(exchanges.subscribe, () => exchanges.of(tab)), view, choose];
}

/** The panel around the result view of GraphiQL: views above; errors, the chosen view and cost below. */
export function ResultPanel({ exchanges }: { readonly exchanges: Exchanges }) {
  const [exchange, view, choose] = useShown(exchanges);
  const Content = view === 'Result' ? undefined : contents[view];
  const errors = exchange?.result?.errors ?? [];
  return (
    <>
      <fieldset className="views" aria-label={say('Result view')}>
        {(['Result', 'Table', 'Graph', 'Code'] as const).map((name) => (
          <button key={name} type="button" aria-pressed={name === view} onClick={() => choose(name)}>
            {titles[name]()}
          </button>
        ))}
      </fieldset>
      <SchemaNotice />
      {errors.length > 0 && <Errors errors={errors} />}
      {Content && (
        <section className="view" aria-label={titles[view]()}>
          <Suspense fallback={<p className="hint">{say('Loading …')}</p>}>
            <Content exchange={exchange} />
          </Suspense>
        </section>
      )}
      {exchange && <CostLine exchange={exchange} />}
    </>
  );
}
