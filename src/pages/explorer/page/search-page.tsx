import { useEffect } from 'preact/hooks';
import type { Card } from '../../drawing/answers.ts';
import { capitalized, colon, counted } from '../../drawing/words.ts';
import { type Asked, ask } from '../api/ask.ts';
import { countedKind } from '../api/ontology.ts';
import { keyedResource } from '../api/resource.ts';
import { addressOfPage, addressWith, go, graphOf, view } from '../navigation/navigation.ts';
import { addressOfGraph, withStep } from '../navigation/steps.ts';
import { nameOrClass } from '../panels/text-of-value.ts';
import { MoreRows } from '../parts/more-rows.tsx';
import { Await, EntityLine, Glyph, GraphiqlLink, nameOf } from '../parts/parts.tsx';
import { openEntity } from '../parts/top-bar.tsx';
import { type PartOfList, useFurther } from '../parts/use-further.ts';
import { useTitle } from '../parts/use-title.ts';
import { propertyInWords, queryNamed, settings } from '../settings/known.ts';
import { say } from '../settings/say.tsx';
import { asWritten, Written } from '../settings/written.tsx';
import { entitiesNamed } from './entities-named.ts';

interface Result {
  readonly score: number;
  readonly highlight: readonly { readonly field: string; readonly text: string }[];
  readonly matched: readonly {
    readonly words: readonly string[];
    readonly slug: string | null;
    readonly text: string | null;
  }[];
  readonly node: Card;
}

interface Found {
  readonly search: {
    readonly totalCount: number;
    readonly kinds: readonly { readonly kind: string; readonly count: number }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    readonly edges: readonly Result[];
  };
}

/** The kind that results are narrowed to. */
const onlyKind = () => view.value.where.find(({ facet }) => facet === 'kind')?.value;

const askedFor = (words: string, kind: string | undefined): Asked => ({
  query: queryNamed('search'),
  variables: { words, first: 50, ...(kind !== undefined && { kinds: [kind] }) },
});

const found = keyedResource((key) => {
  const [words, kind] = JSON.parse(key) as readonly [string, (string | null)?];
  return ask<Found>(askedFor(words, kind ?? undefined));
});

const partOf = ({ search: { edges, pageInfo } }: Found): PartOfList<Result> => ({
  rows: edges,
  next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
});

/** Results below this score meet only some of the words. */
const ALL_WORDS = 0.2;

const plain = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Highlights matches: the server encloses them in `<em>` and `</em>`, and escapes the text itself. */
function Highlight({ text }: { readonly text: string }) {
  const parts = text.split(/<\/?em>/).map(plain);
  return (
    <span {...asWritten(parts.join(''))}>
      {parts.map((part, index) => (index % 2 ? <mark key={`${index}-${part}`}>{part}</mark> : part))}
    </span>
  );
}

/** Leads from a search that names two entities to the paths between them. */
function Connection({ results }: { readonly results: readonly Result[] }) {
  const met = results.flatMap(({ node, matched }) => [
    node,
    // The text of a class, such as AFRICA, is no name of the entity that belongs to it.
    ...matched.flatMap(({ slug, text }) =>
      slug !== null && text !== null && nameOrClass(text) === text ? [{ slug, name: text }] : [],
    ),
  ]);
  const bySlug = new Map(met.toReversed().map((each) => [each.slug, each]));
  const [from, to, ...more] = entitiesNamed(view.value.words, [...bySlug.values()]);
  if (!from || !to || more.length > 0) return null;
  return (
    <p>
      <a href={addressOfGraph({ do: 'paths', from: from.slug, to: to.slug })}>
        {say('How are {one} and {other} connected?', { one: nameOf(from), other: nameOf(to) })}
      </a>
    </p>
  );
}

function Results({ asked, first }: { readonly asked: Asked; readonly first: Found }) {
  const { totalCount, kinds } = first.search;
  const further = useFurther(JSON.stringify(asked), partOf(first), async (after) =>
    partOf(await ask<Found>({ ...asked, variables: { ...asked.variables, after } })),
  );
  const edges = further.rows;
  if (totalCount === 0) {
    return (
      <p class="empty">
        {say(
          settings().hasChinese
            ? 'No results. Try fewer or different words, in English or Chinese. Accents and single typing errors are ignored.'
            : 'No results. Try fewer or different words. Accents and single typing errors are ignored.',
        )}{' '}
        <a href={addressOfPage('list')}>{say('Browse everything in lists')}</a>
      </p>
    );
  }
  return (
    <>
      <p class="found" role="status">
        {say('{entities} found', { entities: counted(totalCount, 'entity') })}
      </p>
      <p class="found">
        {kinds.map(({ kind, count }) => (
          <a
            key={kind}
            class="kind-count"
            href={addressWith({ where: onlyKind() === kind ? [] : [{ facet: 'kind', value: kind }] })}
            aria-current={onlyKind() === kind ? 'true' : undefined}
          >
            <Glyph kind={kind} size={11} /> {countedKind(count, kind)}
          </a>
        ))}
        {onlyKind() !== undefined && <a href={addressWith({ where: [] })}>{say('All kinds')}</a>}
      </p>
      {edges.every(({ score }) => score < ALL_WORDS) && (
        <p>
          {say('Nothing meets all of these words. The results meet some of them.')}{' '}
          <a href={addressOfPage('ask')}>{say('Ask your own question')}</a>
        </p>
      )}
      <Connection results={first.search.edges} />
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
                  <span class="where">
                    {capitalized(propertyInWords(node.__typename, field))}
                    {colon()}
                  </span>
                  <Highlight text={text} />
                </p>
              ))}
            {matched
              .filter(({ slug }) => slug !== null)
              .map(({ words, slug, text }) => (
                <p key={`${words.join(' ')} ${slug}`} class="highlight">
                  <span class="where">{words.join(' ')}</span> → <Written text={nameOrClass(text ?? slug ?? '')} />
                </p>
              ))}
          </li>
        ))}
      </ol>
      <MoreRows of={further} totalCount={totalCount} what={say('the results')} />
      <button
        type="button"
        onClick={() =>
          go((now) =>
            edges
              .slice(0, 20)
              .reduce((next, { node }) => withStep(next, { do: 'show', slug: node.slug }), graphOf(now)),
          )
        }
      >
        {say('Add {count} to graph', { count: Math.min(20, edges.length) })}
      </button>
    </>
  );
}

/** Search results, best matches first. */
export function SearchPage() {
  const { words } = view.value;
  useTitle(words === '' ? say('Search') : say('Search: {words}', { words }));
  useEffect(() => scrollTo(0, 0), [words]);
  if (words === '') return <p class="empty">{say('Enter a search term in the box above.')}</p>;
  const asked = askedFor(words, onlyKind());
  return (
    <div class="narrow">
      <h1>“{words}”</h1>
      <Await resource={found(JSON.stringify([words, onlyKind()]))} what={say('the results')}>
        {(first) => <Results asked={asked} first={first} />}
      </Await>
      <GraphiqlLink asked={asked} />
    </div>
  );
}
