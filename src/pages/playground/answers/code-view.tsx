import { useState } from 'react';
import { copied } from '../../drawing/copied.ts';
import { say } from '../../drawing/say.ts';
import { serverAddress } from '../../shared/server-address.ts';
import type { Exchange } from '../requests/exchange.ts';
import { type Snippet, snippetsOf } from './snippets.ts';

function Code({ snippet: { language, text } }: { readonly snippet: Snippet }) {
  const [isCopied, setCopied] = useState(false);
  return (
    <section className="snippet">
      <h2>
        {language}{' '}
        <button
          type="button"
          onClick={() => {
            void copied(text, say('Copy this code:')).then(setCopied);
          }}
        >
          {isCopied ? say('Copied') : say('Copy')}
        </button>
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard. */}
      <pre tabIndex={0}>{text}</pre>
    </section>
  );
}

/** The last request as programs to copy. */
export function CodeView({ exchange }: { readonly exchange: Exchange | undefined }) {
  if (!exchange) return <p className="hint">{say('Run a query to copy its request as a program.')}</p>;
  return (
    <>
      {snippetsOf(exchange.question, serverAddress()).map((snippet) => (
        <Code key={`${snippet.language} ${snippet.text}`} snippet={snippet} />
      ))}
      <p className="hint">{say('Headers, such as a key, are left out.')}</p>
    </>
  );
}
