import { pick, ToolbarButton, useGraphiQL } from '@graphiql/react';
import { useState } from 'react';
import { copied } from '../../drawing/copied.ts';
import { say } from '../../drawing/say.ts';
import { inLanguage } from '../language/language.ts';
import type { Example } from './example.ts';
import { linkTo } from './link.ts';

/** Copies a link to the current query, without headers. */
export function CopyLink({ examples }: { readonly examples: readonly Example[] }) {
  const { queryEditor, variableEditor, operationName, operations } = useGraphiQL(
    pick('queryEditor', 'variableEditor', 'operationName', 'operations'),
  );
  const [isCopied, setCopied] = useState(false);

  async function copy(): Promise<void> {
    const linked = { query: queryEditor?.getValue() ?? '', variables: variableEditor?.getValue() ?? '' };
    const isOneOfSeveral = operationName !== undefined && (operations?.length ?? 0) > 1;
    const link = linkTo({ ...linked, ...(isOneOfSeveral && { operationName }) }, examples);
    history.replaceState(null, '', inLanguage(link));
    if (!(await copied(location.href, say('Copy this address:')))) return;
    setCopied(true);
    setTimeout(() => setCopied(false), 2_000);
  }

  return (
    <ToolbarButton label={isCopied ? say('Link copied') : say('Copy link to this query')} onClick={() => void copy()}>
      <svg
        className="graphiql-toolbar-icon"
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        aria-hidden="true"
      >
        {isCopied ? (
          <path d="M5 13l4.5 4.5L19 7" />
        ) : (
          <path d="M10 14a4 4 0 0 0 5.7 0l3.6-3.6a4 4 0 1 0-5.7-5.7L12.4 6M14 10a4 4 0 0 0-5.7 0l-3.6 3.6a4 4 0 1 0 5.7 5.7l1.2-1.3" />
        )}
      </svg>
    </ToolbarButton>
  );
}
