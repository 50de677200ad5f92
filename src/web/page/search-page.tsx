import { useEffect } from 'preact/hooks';
import type { Card } from '../../drawing/answers.ts';
import { counted, inWords } from '../../drawing/words.ts';
import { type Asked, ask } from '../api/ask.ts';
import { countedKind } from '../api/ontology.ts';
import { keyedResource } from '../api/resource.ts';
import { go, view } from '../navigation/navigation.ts';
import { withStep } from '../navigation/steps.ts';
import { Await, EntityLine, Glyph, GraphiqlLink } from '../parts/parts.tsx';
import { openEntity } from '../parts/top-bar.tsx';
import { queryNamed, settings } from '../settings/known.ts';

interface Found {
  readonly search: {
    readonly totalCount: number;
    readonly kinds: readonly { readonly kind: string; readonly count: number }[];
    readonly edges: readonly {
      readonly highlight: readonly { readonly field: string; readonly text: string }[];
      readonly matched: readonly {
        readonly words: readonly string[];
        readonly slug: string | null;
        readonly text: string | null;
      }[];
      readonly node: Card;
    }[];
  };
}

const askedFor = (words: string): Asked => ({ query: queryNamed('search'), variables: { words, first: 50 } });

const found = keyedResource((words) => ask<Found>(askedFor(words)));

const plain = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Highlights matches: the server encloses them in `<em>` and `</em>`, and escapes the text itself. */
function Highlight({ text }: { readonly text: string }) {
  const parts = text.split(/<\/?em>/).map(plain);
  return <>{parts.map((part, index) => (index % 2 ? <mark key={`${index}-${part}`}>{part}</mark> : part))}</>;
}

function Results({ search: { totalCount, kinds, edges } }: Found) {
  if (totalCount === 0) {
    return (
      <p class="empty">
        No results. Try fewer or different words{settings().hasChinese && ', in English or Chinese'}. Accents and single
        typing errors are ignored.
      </p>
    );
  }
  return (
    <>
      <p class="found" role="status">
        {counted(totalCount, 'entity')} found
        {edges.length < totalCount && `, top ${edges.length} shown`}:{' '}
        {kinds.map(({ kind, count }) => (
          <span key={kind} class="kind-count">
            <Glyph kind={kind} size={11} /> {countedKind(count, kind)}
          </span>
        ))}
      </p>
      <ol class="results">
        {edges.map(({ node, highlight, matched }) => (
          <li key={node.slug}>
            <button type="button" class="result" onClick={() => openEntity(node.slug)}>
              <EntityLine entity={node} />
            </button>
            {highlight
              .filter(({ field }) => field !== 'name' && field !== 'nameZh')
              .slice(0, 2)
              .map(({ field, text }) => (
                <p key={field} class="highlight">
                  <span class="where">{inWords(field)}:</span> <Highlight text={text} />
                </p>
              ))}
            {matched
              .filter(({ slug }) => slug !== null)
              .map(({ words, slug, text }) => (
                <p key={`${words.join(' ')} ${slug}`} class="highlight">
                  <span class="where">{words.join(' ')}:</span> related to {inWords(text ?? slug ?? '')}
                </p>
              ))}
          </li>
        ))}
      </ol>
      <button
        type="button"
        onClick={() =>
          go((now) =>
            edges.slice(0, 20).reduce((next, { node }) => withStep(next, { do: 'show', slug: node.slug }), now),
          )
        }
      >
        Add {edges.length > 20 ? 'top 20' : edges.length} to graph
      </button>
    </>
  );
}

/** Search results, best matches first. */
export function SearchPage() {
  const { words } = view.value;
  useEffect(() => scrollTo(0, 0), [words]);
  if (words === '') return <p class="empty">Enter a search term in the box above.</p>;
  return (
    <div class="narrow">
      <h1>“{words}”</h1>
      <Await resource={found(words)} what="the results">
        {Results}
      </Await>
      <GraphiqlLink asked={askedFor(words)} />
    </div>
  );
}
