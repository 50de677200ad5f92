import { HISTORY_PLUGIN } from '@graphiql/plugin-history';
import type { Fetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { useMemo } from 'react';
import { say } from '../drawing/say.ts';
import type { FirstEditor } from './first/first-editor.ts';
import { TakeOver } from './first/take-over.tsx';
import { EditorNames } from './language/editor-names.ts';
import { inLanguage } from './language/language.ts';
import { LanguageSwitch } from './language-switch.tsx';
import { EditorTheme, editorThemes } from './picture/editor-theme.ts';
import { queryBuilderPlugin } from './query-builder.tsx';
import { cookbookPlugin } from './questions/cookbook.tsx';
import { CopyLink } from './questions/copy-link.tsx';
import { defaultFields } from './questions/default-fields.ts';
import type { Example } from './questions/example.ts';
import type { Keeping } from './questions/keeping.ts';
import { type Linked, linkedIn } from './questions/link.ts';
import { OperationChoice } from './questions/open-question.ts';
import type { Exchanges } from './requests/exchange.ts';
import { HeadersChoice } from './requests/headers-choice.tsx';
import { ResultPanel } from './result-panel.tsx';
import { variablesPlugin } from './variables/variables-form.tsx';

/** Address of the logo, set by the build. */
declare const MARK: string;

export interface PlaygroundProps {
  readonly examples: readonly Example[];
  readonly linked: Linked | undefined;
  readonly first: FirstEditor;
  readonly keeping: Keeping;
  readonly exchanges: Exchanges;
  readonly fetcher: Fetcher;
  /** Whether the cookbook is open initially. */
  readonly showsCookbook: boolean;
}

/** GraphiQL with the cookbook, and the graph and the cost of a response. */
export function Playground({ examples, linked, first, keeping, exchanges, fetcher, showsCookbook }: PlaygroundProps) {
  const cookbook = useMemo(() => cookbookPlugin(examples), [examples]);
  const plugins = useMemo(() => [cookbook, HISTORY_PLUGIN, queryBuilderPlugin(), variablesPlugin()], [cookbook]);

  /** Removes the query from the address once its text or its variables differ. */
  function follow(part: 'query' | 'variables', text: string): void {
    const named = linkedIn(location, examples);
    if (named && text.trim() !== named[part].trim()) history.replaceState(null, '', inLanguage('graphql'));
  }

  return (
    <GraphiQL
      fetcher={fetcher}
      getDefaultFieldNames={defaultFields}
      storage={keeping.storage}
      shouldPersistHeaders
      showPersistHeadersSettings={false}
      plugins={plugins}
      {...(showsCookbook && { visiblePlugin: cookbook })}
      {...(linked && { initialQuery: linked.query, initialVariables: linked.variables })}
      defaultQuery={examples[0]?.query ?? `${say('# Write a query, or choose one from the cookbook.')}\n\n`}
      editorTheme={editorThemes}
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
      <EditorTheme />
      <EditorNames />
      <OperationChoice />
      <TakeOver first={first} exchanges={exchanges} />
      <HeadersChoice keeping={keeping} />
    </GraphiQL>
  );
}
