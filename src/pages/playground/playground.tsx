import { HISTORY_PLUGIN } from '@graphiql/plugin-history';
import { GraphiQL } from 'graphiql';
import { useState } from 'react';
import { say } from '../drawing/say.ts';
import { Editors } from './editors.tsx';
import { describeSchema } from './language/describe-schema.ts';
import { inLanguage } from './language/language.ts';
import { LanguageSwitch } from './language-switch.tsx';
import { queryBuilderPlugin } from './query-builder.tsx';
import { cookbookPlugin } from './questions/cookbook.tsx';
import { CopyLink } from './questions/copy-link.tsx';
import { defaultFields } from './questions/default-fields.ts';
import type { Example } from './questions/example.ts';
import { type Linked, linkedIn } from './questions/link.ts';
import { LinkedQuery } from './questions/linked-query.tsx';
import { createExchanges } from './requests/exchange.ts';
import { createFetcher } from './requests/fetcher.ts';
import { ResultPanel } from './result-panel.tsx';
import { type PlaygroundStorage, storedHeaders } from './storage.ts';

/** Address of the logo, set by the build. */
declare const MARK: string;

/** Minimum page width in pixels for the cookbook beside the editors. */
const WIDE = 900;

export interface PlaygroundProps {
  readonly examples: readonly Example[];
  /** The query in the address of the page. */
  readonly linked: Linked | undefined;
  readonly storage: PlaygroundStorage;
}

/** What GraphiQL is given once: with another plugin or fetcher, it would begin anew. */
function partsFor({ examples, linked, storage }: PlaygroundProps) {
  const exchanges = createExchanges();
  const cookbook = cookbookPlugin(examples);
  const isOpen = innerWidth >= WIDE && (!linked || new URLSearchParams(location.search).has('example'));
  return {
    exchanges,
    fetcher: createFetcher(exchanges, () => storedHeaders(storage), describeSchema),
    plugins: [cookbook, HISTORY_PLUGIN, queryBuilderPlugin()],
    visible: isOpen ? { visiblePlugin: cookbook } : {},
  };
}

/** GraphiQL with the cookbook, and the table, the graph and the cost of a response. */
export function Playground(props: PlaygroundProps) {
  const { examples, linked, storage } = props;
  const [{ exchanges, fetcher, plugins, visible }] = useState(() => partsFor(props));

  /** Removes the query from the address once its text or its variables differ. */
  function follow(part: 'query' | 'variables', text: string): void {
    const named = linkedIn(location, examples);
    if (named && text.trim() !== named[part].trim()) history.replaceState(null, '', inLanguage('graphql'));
  }

  return (
    <GraphiQL
      fetcher={fetcher}
      getDefaultFieldNames={defaultFields}
      storage={storage}
      shouldPersistHeaders
      plugins={plugins}
      {...visible}
      defaultQuery={examples[0]?.query ?? `${say('# Write a query, or choose one from the cookbook.')}\n\n`}
      inputValueDeprecation
      schemaDescription
      onEditQuery={(query) => follow('query', query)}
      onEditVariables={(variables) => follow('variables', variables)}
      className="playground"
    >
      <GraphiQL.Logo>
        <LanguageSwitch />
        <a className="brand" href="explore">
          <img src={MARK} alt="" width="20" height="20" />
          Silkgraph
        </a>
      </GraphiQL.Logo>
      <GraphiQL.Toolbar>
        {({ prettify, copy, merge }) => (
          <>
            {prettify}
            {merge}
            {copy}
            <CopyLink examples={examples} />
          </>
        )}
      </GraphiQL.Toolbar>
      <GraphiQL.Footer>
        <ResultPanel exchanges={exchanges} />
      </GraphiQL.Footer>
      <Editors />
      <LinkedQuery linked={linked} />
    </GraphiQL>
  );
}
