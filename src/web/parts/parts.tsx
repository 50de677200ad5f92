import type { ComponentChildren } from 'preact';
import type { SourceCard } from '../../drawing/answers.ts';
import { isTitled, titleInWords } from '../../drawing/trust.ts';
import { counted, dateInWords, inWords } from '../../drawing/words.ts';
import { type Asked, graphiqlAddress } from '../api/ask.ts';
import { kindInWords, lookOf } from '../api/ontology.ts';
import type { Resource } from '../api/resource.ts';
import { isDark } from './theme.ts';

/** The sign of a kind, as in the picture. */
export function Glyph({ kind, size = 14 }: { readonly kind: string; readonly size?: number }) {
  const { light, dark, corners } = lookOf(kind);
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

/** A name in English, with the Chinese one beside it. */
export function Name({ of: { name, nameZh } }: { readonly of: Named }) {
  return (
    <>
      <span class="name">{name}</span>
      {nameZh && nameZh !== name && (
        <span class="zh" lang="zh">
          {nameZh}
        </span>
      )}
    </>
  );
}

/** Says of a laboratory whether it carries the title, or is context. Of anything else: nothing. */
export function TitleMark({ of: { designation } }: { readonly of: { readonly designation?: string } }) {
  if (designation === undefined) return null;
  return isTitled({ designation }) ? (
    <span class="mark titled">{titleInWords({ designation })}</span>
  ) : (
    <span class="mark context" title={`Designation: ${inWords(designation)}`}>
      {titleInWords({ designation })}
    </span>
  );
}

const signs: Readonly<Record<string, string>> = { HIGH: '●●●', MEDIUM: '●●○', LOW: '●○○' };

/** How far something can be trusted, as a sign and in words. */
export function Degree({ of, what }: { readonly of: string; readonly what: string }) {
  return (
    <span class={`degree ${of.toLowerCase()}`}>
      <span aria-hidden="true">{signs[of]}</span> {of.toLowerCase()} {what}
    </span>
  );
}

/** Whether an address may be a link: nothing but the web's. */
export const isWebAddress = (address: string) => /^https?:\/\//i.test(address);

function SourceTitle({ source }: { readonly source: SourceCard }) {
  const { url, mirror } = source;
  const title = <Name of={source} />;
  if (url && isWebAddress(url) && !mirror) {
    return (
      <a href={url} target="_blank" rel="noreferrer noopener">
        {title}
      </a>
    );
  }
  return <span class="source-title">{title}</span>;
}

/** A source; one that is a re-post is told as text and leads nowhere. */
export function Source({ source, children }: { readonly source: SourceCard; readonly children?: ComponentChildren }) {
  const { publisher, date, url, mirror, reliability } = source;
  return (
    <li class="source">
      <SourceTitle source={source} />
      <span class="about">
        {[publisher, date && dateInWords(date)].filter(Boolean).join(', ')}{' '}
        <Degree of={reliability} what="reliability" />
        {mirror && <span class="mirror">a re-post, not linked{url && `: ${url}`}</span>}
      </span>
      {children}
    </li>
  );
}

/** The sources of one fact, folded. */
export function Sources({ sources, isOwn }: { readonly sources: readonly SourceCard[]; readonly isOwn: boolean }) {
  if (sources.length === 0) return <p class="unsourced">No source is held for this.</p>;
  const isWeak = sources.every(({ reliability }) => reliability === 'LOW');
  return (
    <details class="sources">
      <summary>
        {counted(sources.length, 'source')}
        {isWeak && <span class="weak"> low reliability only</span>}
      </summary>
      {!isOwn && <p class="hint">Those of the entity that this is stated of.</p>}
      <ul>
        {sources.map((source) => (
          <Source key={source.slug} source={source} />
        ))}
      </ul>
    </details>
  );
}

/** Leads to the question behind a view, in GraphiQL. */
export function GraphiqlLink({ asked, children }: { readonly asked: Asked; readonly children?: ComponentChildren }) {
  return (
    <a class="graphiql" href={graphiqlAddress(asked)} target="_blank" rel="noopener">
      {children ?? 'Open in GraphiQL'}
    </a>
  );
}

/** Shows what was asked for, that it is on its way, or why it cannot be had. */
export function Await<Value>({
  resource,
  what,
  children,
}: {
  readonly resource: Resource<Value>;
  /** What is waited for, in words. */
  readonly what: string;
  readonly children: (value: Value) => ComponentChildren;
}) {
  const loaded = resource.loaded.value;
  if (loaded.state === 'ready') return <>{children(loaded.value)}</>;
  if (loaded.state === 'loading') {
    return (
      <p class="loading" role="status">
        Loading {what} …
      </p>
    );
  }
  return <Failure failed={loaded} again={resource.again} what={what} />;
}

/** Says what went wrong in words, and offers to try again. */
export function Failure({
  failed: { message, isRepeated },
  again,
  what,
  children,
}: {
  readonly failed: { readonly message: string; readonly isRepeated: boolean };
  readonly again: () => void;
  readonly what: string;
  /** Other ways to go on. */
  readonly children?: ComponentChildren;
}) {
  const tryAgain = ({ currentTarget }: { readonly currentTarget: HTMLElement }) => {
    // The button goes, and the focus would with it.
    currentTarget.closest<HTMLElement>('.panel, main')?.focus();
    again();
  };
  return (
    <div class="failure" role="alert">
      <p>
        <strong>Could not load {what}.</strong> {message} {isRepeated && 'It is asked for again by itself.'}
      </p>
      <p class="actions">
        <button type="button" onClick={tryAgain}>
          Try again
        </button>
        {children}
      </p>
    </div>
  );
}

/** The sign, name and title of an entity, as a line of a list. */
export function EntityLine({
  entity,
}: {
  readonly entity: Named & { readonly __typename: string; readonly designation?: string };
}) {
  return (
    <span class="entity-line">
      <Glyph kind={entity.__typename} />
      <span>
        <span class="visually-hidden">{kindInWords(entity.__typename)}: </span>
        <Name of={entity} /> <TitleMark of={entity} />
      </span>
    </span>
  );
}
