import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Card, SourceCard } from '../../drawing/answers.ts';
import { comma, counted, dateInWords, inWords, labelled, sentence } from '../../drawing/words.ts';
import { isWebAddress } from '../../shared/web-address.ts';
import { type Asked, graphiqlAddress } from '../api/ask.ts';
import { kindInWords, styleOfKind } from '../api/ontology.ts';
import type { Resource } from '../api/resource.ts';
import { addressOf, firstView } from '../navigation/address.ts';
import { isChinese, settings, valueInWords } from '../settings/known.ts';
import { languageInAddress } from '../settings/language.ts';
import { say } from '../settings/say.tsx';
import { degreeOf, highlightOf, isHighlighted, isWeakSource, standingInWords } from '../settings/standing.ts';
import { asWritten, Written } from '../settings/written.tsx';
import { isDark } from './theme.ts';

/** The symbol of a kind, as on the graph. */
export function Glyph({ kind, size = 14 }: { readonly kind: string; readonly size?: number }) {
  const { light, dark, corners } = styleOfKind(kind);
  const fill = isDark.value ? dark : light;
  return (
    <svg class="glyph" width={size} height={size} viewBox="-1.15 -1.15 2.3 2.3" aria-hidden="true">
      {corners.length === 0 ? <circle r="1" fill={fill} /> : <polygon points={corners.join(' ')} fill={fill} />}
    </svg>
  );
}

interface Named {
  readonly name: string;
  readonly nameZh?: string | null;
}

export { nameOf } from '../settings/name-columns.ts';

/** A name in the language of the page with the other one beside it. */
export function Name({ of: { name, nameZh } }: { readonly of: Named }) {
  const other = nameZh && nameZh !== name ? nameZh : undefined;
  const [first, second] = other && isChinese() ? [other, name] : [name, other];
  return (
    <>
      <span class="name" {...asWritten(first)}>
        {first}
      </span>
      {second && (
        <>
          {' '}
          <span class="zh" {...asWritten(second)}>
            {second}
          </span>
        </>
      )}
    </>
  );
}

/** A text in which names may be enclosed in backticks. */
export function WithCode({ text }: { readonly text: string }) {
  return <>{text.split('`').map((part, index) => (index % 2 === 0 ? part : <code key={index}>{part}</code>))}</>;
}

/** A text without backticks, for tooltips. */
export const withoutCode = (text: string | undefined) => text?.replaceAll('`', '');

/** Marks an entity that stands out, and those beside it. Renders nothing for kinds of which nothing stands out. */
export function StandingMark({ of }: { readonly of: Card }) {
  const highlight = highlightOf(of);
  if (!highlight) return null;
  return isHighlighted(of) ? (
    <span class="mark highlighted">{standingInWords(of)}</span>
  ) : (
    <span class="mark other" title={labelled(sentence(highlight.property), inWords(highlight.own))}>
      {standingInWords(of)}
    </span>
  );
}

const signs: Readonly<Record<string, string>> = { HIGH: '●●●', MEDIUM: '●●○', LOW: '●○○' };

/** Degree of reliability or confidence, as a symbol and in words. */
export function Degree({ of, what }: { readonly of: string; readonly what: string }) {
  return (
    <span class={`degree ${of.toLowerCase()}`}>
      <span aria-hidden="true">{signs[of]}</span> {valueInWords(undefined, of)} {what}
    </span>
  );
}

/** What stands beside the name of a source. */
function factsOf(source: SourceCard) {
  const textOf = (name: string | null | undefined) => {
    const value = name ? source[name] : undefined;
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const { publisher, date, url, unlinked } = settings().provenance ?? {};
  return {
    publisher: textOf(publisher),
    date: textOf(date),
    url: textOf(url),
    isUnlinked: unlinked ? source[unlinked] === true : false,
  };
}

function SourceTitle({ source }: { readonly source: SourceCard }) {
  const { url, isUnlinked } = factsOf(source);
  const title = <Name of={source} />;
  if (url && isWebAddress(url) && !isUnlinked) {
    return (
      <a href={url} target="_blank" rel="noreferrer noopener">
        {title}
      </a>
    );
  }
  return <span class="source-title">{title}</span>;
}

/** A source. Re-posts are shown without a link. */
export function Source({ source, children }: { readonly source: SourceCard; readonly children?: ComponentChildren }) {
  const { publisher, date, url, isUnlinked } = factsOf(source);
  const degree = degreeOf(source);
  return (
    <li class="source">
      <SourceTitle source={source} />
      <span class="about">
        {publisher && <Written text={publisher} />}
        {publisher && date && comma()}
        {date && dateInWords(date)} {degree && <Degree of={degree} what={say('reliability')} />}
        {isUnlinked && (
          <span class="mirror">
            {say('re-post, not linked')}
            {url && `: ${url}`}
          </span>
        )}
      </span>
      {children}
    </li>
  );
}

interface SourcesProps {
  readonly sources: readonly SourceCard[] | undefined;
  readonly isOwn: boolean | undefined;
}

/** The sources of one fact, collapsed. Renders nothing if the graph does not say where its facts come from. */
export function Sources({ sources = [], isOwn }: SourcesProps) {
  if (settings().provenance === null) return null;
  if (sources.length === 0) return <p class="unsourced">{say('No source recorded.')}</p>;
  const isWeak = sources.every(isWeakSource);
  return (
    <details class="sources">
      <summary>
        {counted(sources.length, 'source')}
        {isWeak && <span class="weak"> {say('low reliability only')}</span>}
      </summary>
      {!isOwn && <p class="hint">{say('Sources of the parent record')}</p>}
      <ul>
        {sources.map((source) => (
          <Source key={source.slug} source={source} />
        ))}
      </ul>
    </details>
  );
}

/** Opens the query behind a view in GraphiQL. */
export function GraphiqlLink({ asked, children }: { readonly asked: Asked; readonly children?: ComponentChildren }) {
  return (
    <a class="graphiql" href={graphiqlAddress(asked, languageInAddress)} target="_blank" rel="noopener">
      {children ?? say('Open as GraphQL')}
    </a>
  );
}

/** Renders a resource, a loading message, or its error. */
export function Await<Value>({
  resource,
  beside,
  what,
  children,
}: {
  readonly resource: Resource<Value>;
  /** What is shown with it, if it can be loaded: whatever came later would move what is seen. */
  readonly beside?: Resource<unknown> | undefined;
  /** Noun for the resource. */
  readonly what: string;
  readonly children: (value: Value) => ComponentChildren;
}) {
  const loaded = resource.loaded.value;
  if (loaded.state === 'failed') return <Failure failed={loaded} again={resource.again} what={what} />;
  if (loaded.state === 'ready' && beside?.loaded.value.state !== 'loading') return <>{children(loaded.value)}</>;
  return (
    <p class="loading" role="status">
      {say('Loading {what} …', { what })}
    </p>
  );
}

/** Shows an error with a button to retry. */
export function Failure({
  failed: { message, isRepeated, instead },
  again,
  what,
  children,
}: {
  readonly failed: { readonly message: string; readonly isRepeated: boolean; readonly instead?: string | undefined };
  readonly again: () => void;
  readonly what: string;
  /** Further actions. */
  readonly children?: ComponentChildren;
}) {
  const tryAgain = ({ currentTarget }: { readonly currentTarget: HTMLElement }) => {
    // The button will be removed, and the focus with it.
    currentTarget.closest<HTMLElement>('.panel, main')?.focus();
    again();
  };
  return (
    <div class="failure" role="alert">
      <p>
        <strong>{say('Could not load {what}.', { what })}</strong>{' '}
        <span {...asWritten(say(message))}>
          <WithCode text={say(message)} />
        </span>{' '}
        {isRepeated && say('Retrying automatically.')}
      </p>
      <p class="actions">
        {instead === undefined ? (
          <button type="button" onClick={tryAgain}>
            {say('Try again')}
          </button>
        ) : (
          <a class="button" href={addressOf({ ...firstView, page: 'search', words: instead })}>
            {say('Search: {words}', { words: instead })}
          </a>
        )}
        {children}
      </p>
    </div>
  );
}

/** An entity as a line of a list: symbol, name and mark. */
export function EntityLine({ entity }: { readonly entity: Card }) {
  return (
    <span class="entity-line">
      <Glyph kind={entity.__typename} />
      <span>
        <span class="visually-hidden">{labelled(kindInWords(entity.__typename), '')}</span>
        <Name of={entity} /> <StandingMark of={entity} />
      </span>
    </span>
  );
}

interface MarkButtonProps {
  readonly look: string;
  readonly label: string;
  readonly isPicked: boolean;
  readonly pick: () => void;
  readonly transform?: string;
  readonly children: ComponentChildren;
}

/** A mark of a drawing that can be picked with a pointer or the keyboard. */
export function MarkButton({ look, label, isPicked, pick, transform, children }: MarkButtonProps) {
  const mark = useRef<SVGGElement>(null);
  useEffect(() => {
    if (isPicked) mark.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isPicked]);
  return (
    <g
      ref={mark}
      class={`${look} ${isPicked ? 'picked' : ''}`}
      role="button"
      tabindex={0}
      aria-label={label}
      aria-pressed={isPicked}
      transform={transform}
      onClick={pick}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        pick();
      }}
    >
      <title>{label}</title>
      {children}
    </g>
  );
}
