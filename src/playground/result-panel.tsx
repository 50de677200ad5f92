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

const views = ['Result', 'Table', 'Graph', 'Code', 'Extensions'] as const;
type View = (typeof views)[number];

/** Titles of the views, as functions: the language is known only later. */
const titles: Readonly<Record<View, () => string>> = {
  Result: () => say('Result'),
  Table: () => say('Table'),
  Graph: () => say('Graph'),
  Code: () => say('Code'),
  Extensions: () => say('Extensions'),
};

/** Extensions of a response except its cost, which is shown separately. */
function extensionsOf(exchange: Exchange | undefined): Readonly<Record<string, unknown>> {
  const { cost: _cost, ...others } = exchange?.result?.extensions ?? {};
  return others;
}

function ViewTabs({ view, shown, onChoose }: { view: View; shown: readonly View[]; onChoose: (view: View) => void }) {
  return (
    <div className="view-tabs" role="tablist" aria-label={say('Result view')}>
      {shown.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`view-${name}`}
          aria-selected={name === view}
          aria-controls={name === view && name !== 'Result' ? 'view' : undefined}
          tabIndex={name === view ? 0 : -1}
          onClick={() => onChoose(name)}
          onKeyDown={({ key }) => {
            const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
            const next = step && shown[(shown.indexOf(name) + step + shown.length) % shown.length];
            if (!next) return;
            onChoose(next);
            document.getElementById(`view-${next}`)?.focus();
          }}
        >
          {titles[name]()}
        </button>
      ))}
    </div>
  );
}

/** The panel around the result view of GraphiQL: tabs above; errors, graph and cost below. */
export function ResultPanel({ exchanges }: { readonly exchanges: Exchanges }) {
  const { tabs, activeTabIndex, queryId } = useGraphiQL(pick('tabs', 'activeTabIndex', 'queryId'));
  const tab = tabs[activeTabIndex]?.id ?? '';
  useLayoutEffect(() => exchanges.setTab(tab), [exchanges, tab]);
  const exchange = useSyncExternalStore(exchanges.subscribe, () => exchanges.of(tab));
  const [chosen, choose] = useState<View>('Result');
  // GraphiQL counts its runs, and writes why it sent nothing into its own view.
  useLayoutEffect(() => {
    if (queryId > 0 && !exchanges.endRun()) choose('Result');
  }, [exchanges, queryId]);
  const extensions = extensionsOf(exchange);
  const shown = views.filter((name) => name !== 'Extensions' || Object.keys(extensions).length > 0);
  const view = shown.includes(chosen) ? chosen : 'Result';
  const errors = exchange?.result?.errors ?? [];
  return (
    <>
      <ViewTabs view={view} shown={shown} onChoose={choose} />
      <SchemaNotice />
      {errors.length > 0 && <Errors errors={errors} />}
      {view === 'Graph' && (
        <div className="view graph-view" id="view" role="tabpanel" aria-labelledby="view-Graph">
          <Suspense fallback={<p className="hint">{say('Loading …')}</p>}>
            <GraphView exchange={exchange} />
          </Suspense>
        </div>
      )}
      {view === 'Table' && (
        <div className="view table-view" id="view" role="tabpanel" aria-labelledby="view-Table">
          <TableView exchange={exchange} />
        </div>
      )}
      {view === 'Code' && (
        <div className="view code-view" id="view" role="tabpanel" aria-labelledby="view-Code">
          <CodeView exchange={exchange} />
        </div>
      )}
      {view === 'Extensions' && (
        <div className="view extensions" id="view" role="tabpanel" aria-labelledby="view-Extensions">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard. */}
          <pre tabIndex={0}>{JSON.stringify(extensions, null, 2)}</pre>
        </div>
      )}
      {exchange && <CostLine exchange={exchange} />}
    </>
  );
}
