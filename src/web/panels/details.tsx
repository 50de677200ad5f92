import type { Card, NeighborhoodAnswer, SourceCard } from '../../drawing/answers.ts';
import { merge, type Piece } from '../../drawing/piece.ts';
import { counted, dateInWords, inWords, sentence } from '../../drawing/words.ts';
import type { OntologyProperty } from '../api/answers.ts';
import { type Asked, ask } from '../api/ask.ts';
import { kindInWords, kindNamed } from '../api/ontology.ts';
import { keyedResource } from '../api/resource.ts';
import { change, go, view } from '../navigation/navigation.ts';
import { withStep } from '../navigation/steps.ts';
import {
  Await,
  Degree,
  Failure,
  Glyph,
  GraphiqlLink,
  isWebAddress,
  Name,
  Source,
  Sources,
  StandingMark,
  withoutCode,
} from '../parts/parts.tsx';
import { propertyOf, queryNamed, settings, settingsOf } from '../settings/known.ts';
import { isEmpty } from './edge-properties.tsx';
import { Notice } from './notice.tsx';
import { Panel } from './panel.tsx';
import { EntityLink, PutOnGraph, RelationList } from './relation-list.tsx';

interface Milestone {
  readonly date: string | null;
  readonly text: string;
  readonly source?: SourceCard | null;
}

/** A page of citations, in either direction. */
interface Citations<Node> {
  readonly totalCount: number;
  readonly edges: readonly {
    readonly node: Node;
    readonly [property: string]: unknown;
  }[];
}

export interface Details {
  readonly entity: Card | undefined;
  readonly around: Piece;
}

interface DetailsAnswer {
  readonly self: { readonly nodes: readonly Card[] };
  readonly around: NeighborhoodAnswer;
  /** By relations that traversals leave out, if there are any. */
  readonly aside?: NeighborhoodAnswer;
}

export const detailsAsked = (slug: string): Asked => ({ query: queryNamed('details'), variables: { of: [slug] } });

const nothing: NeighborhoodAnswer = { nodes: [], edges: [], truncated: null };

/** The details of an entity by its slug. */
export const detailsOf = keyedResource(async (slug): Promise<Details> => {
  const { self, around, aside = nothing } = await ask<DetailsAnswer>(detailsAsked(slug));
  const truncated = around.truncated ?? aside.truncated;
  const leftOut = [around, aside].flatMap((part) => part.truncated?.leftOut ?? []);
  return {
    entity: self.nodes[0],
    around: { ...merge(around, aside), truncated: truncated && { ...truncated, leftOut } },
  };
});

/** Properties that are shown elsewhere on the panel. */
function shownElsewhere({ __typename }: Card): ReadonlySet<string | null> {
  const { text = null, sections = [], histories = [] } = settingsOf(__typename) ?? {};
  return new Set(['name', 'nameZh', text, ...sections.map(({ property }) => property), ...histories]);
}

interface ValueProps {
  readonly property: OntologyProperty;
  readonly value: unknown;
  /** Whether URLs are links. Those of re-posts are plain text. */
  readonly isLinked: boolean;
  /** Whether the value is a degree of certainty. */
  readonly isDegree: boolean;
}

function Value({ property, value, isLinked, isDegree }: ValueProps) {
  if (Array.isArray(value)) {
    return (
      <ul class="plain">
        {value.map((item) => (
          <li key={String(item)}>
            <Value property={property} value={item} isLinked={isLinked} isDegree={isDegree} />
          </li>
        ))}
      </ul>
    );
  }
  if (property.values.length > 0 && typeof value === 'string') {
    if (isDegree) return <Degree of={value} what={inWords(property.name).split(' ').at(-1) ?? ''} />;
    return <>{sentence(value)}</>;
  }
  if (typeof value === 'boolean') return <>{value ? 'Yes' : 'No'}</>;
  // Years have no thousands separator.
  if (typeof value === 'number') return <>{property.type === 'float' ? value.toLocaleString('en') : String(value)}</>;
  if (property.type === 'date' && typeof value === 'string') return <>{dateInWords(value)}</>;
  if (property.type === 'url' && isLinked && isWebAddress(String(value))) {
    return (
      <a href={String(value)} target="_blank" rel="noreferrer noopener">
        {String(value)}
      </a>
    );
  }
  return <>{String(value)}</>;
}

function Properties({ entity }: { readonly entity: Card }) {
  const elsewhere = shownElsewhere(entity);
  const properties = (kindNamed(entity.__typename)?.properties ?? []).filter(
    ({ name }) => !elsewhere.has(name) && !isEmpty(propertyOf(entity, name)),
  );
  const { unlinked } = settings().provenance ?? {};
  const degrees = settingsOf(entity.__typename)?.degrees ?? [];
  if (properties.length === 0) return null;
  return (
    <dl class="properties">
      {properties.map((property) => (
        <div key={property.name}>
          <dt title={withoutCode(property.description)}>{sentence(property.name)}</dt>
          <dd>
            <Value
              property={property}
              value={propertyOf(entity, property.name)}
              isLinked={!unlinked || propertyOf(entity, unlinked) !== true}
              isDegree={degrees.includes(property.name)}
            />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Milestones({ milestones, title }: { readonly milestones: readonly Milestone[]; readonly title: string }) {
  return (
    <section>
      <h3>{title}</h3>
      <ol class="milestones">
        {milestones.map(({ date, text, source }) => (
          <li key={`${date} ${text}`}>
            <span class="date">{date ? dateInWords(date) : 'undated'}</span> {text}
            {source && <Sources sources={[source]} isOwn />}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Actions({ slug }: { readonly slug: string }) {
  const { page } = view.value;
  return (
    <p class="actions">
      <button
        type="button"
        class="primary"
        onClick={() => go((now) => ({ ...withStep(now, { do: 'open', slug }), picked: slug }))}
      >
        {page === 'graph' ? 'Expand' : 'Show on graph'}
      </button>
      <button type="button" onClick={() => change({ page: 'graph', picked: slug, relation: undefined, connect: slug })}>
        Connect with …
      </button>
      {page === 'graph' && (
        <button type="button" onClick={() => go((now) => withStep(now, { do: 'drop', slug }))}>
          Remove
        </button>
      )}
    </p>
  );
}

/** What is said of a citation. */
function CitationNotes({ citation }: { readonly citation: Readonly<Record<string, unknown>> }) {
  const said = (settings().provenance?.properties ?? []).filter(({ name }) => !isEmpty(citation[name]));
  return (
    <>
      {said.map(({ name, isEnumerated }) => (
        <span key={name} class="about">
          {isEnumerated
            ? `${inWords(name)}: ${[citation[name]].flat().map(String).map(inWords).join(', ')}`
            : String(citation[name])}
        </span>
      ))}
    </>
  );
}

function CitedBy({ slug, totalCount, edges }: Citations<Card> & { readonly slug: string }) {
  const { relation = '' } = settings().provenance ?? {};
  return (
    <section>
      <h3>
        Cited by <span class="count">{totalCount}</span>
      </h3>
      {totalCount === 0 && <p class="empty">Not cited by any entity.</p>}
      <ul class="source-list">
        {edges.map((citation) => (
          <li key={citation.node.slug} class="source">
            <EntityLink entity={citation.node} />
            <CitationNotes citation={citation} />
          </li>
        ))}
      </ul>
      {edges.length < totalCount && <p class="hint">Not listed: {counted(totalCount - edges.length, 'entity')}.</p>}
      {totalCount > 0 && <PutOnGraph slug={slug} relation={relation} count={totalCount} />}
    </section>
  );
}

function SourceList({ totalCount, edges }: Citations<SourceCard>) {
  return (
    <section>
      <h3>
        Sources <span class="count">{totalCount}</span>
      </h3>
      {totalCount === 0 && <p class="unsourced">No source recorded.</p>}
      <ul class="source-list">
        {edges.map((citation) => (
          <Source key={citation.node.slug} source={citation.node}>
            <CitationNotes citation={citation} />
          </Source>
        ))}
      </ul>
    </section>
  );
}

/** A list of texts in a section of its own. */
function TextSection({ texts, title, isDisputed }: { texts: readonly string[]; title: string; isDisputed: boolean }) {
  return (
    <section class={isDisputed ? 'conflicts' : undefined}>
      <h3>{isDisputed ? 'Sources disagree' : title}</h3>
      <ul class="plain">
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </section>
  );
}

/** Texts and dated steps of an entity. */
function Sections({ entity }: { readonly entity: Card }) {
  const { sections = [], histories = [] } = settingsOf(entity.__typename) ?? {};
  return (
    <>
      {sections.map(({ property, isDisputed }) => {
        const texts = (propertyOf(entity, property) ?? []) as readonly string[];
        if (texts.length === 0) return null;
        return <TextSection key={property} texts={texts} title={sentence(property)} isDisputed={isDisputed} />;
      })}
      {histories.map((property) => {
        const milestones = (propertyOf(entity, property) ?? []) as readonly Milestone[];
        if (milestones.length === 0) return null;
        const title = histories.length === 1 ? 'History' : sentence(property);
        return <Milestones key={property} milestones={milestones} title={title} />;
      })}
    </>
  );
}

function Entity({ entity, around }: Details & { readonly entity: Card }) {
  const { slug } = entity;
  const { text } = settingsOf(entity.__typename) ?? {};
  const description = text ? propertyOf(entity, text) : undefined;
  const { cites = '', citedBy: citing = '' } = settings().provenance ?? {};
  const sources = entity[cites] as Citations<SourceCard> | undefined;
  const citedBy = entity[citing] as Citations<Card> | undefined;
  return (
    <>
      <p class="kind-line">
        <Glyph kind={entity.__typename} /> {kindInWords(entity.__typename)} <StandingMark of={entity} />
      </p>
      <h2>
        <Name of={entity} />
      </h2>
      <Actions slug={slug} />
      {typeof description === 'string' && <p>{description}</p>}
      <Properties entity={entity} />
      <Sections entity={entity} />
      {(citedBy === undefined || around.edges.length > 0) && (
        <RelationList
          slug={slug}
          around={around}
          none={
            sources && sources.totalCount > 0 ? 'No relations recorded except to sources.' : 'No relations recorded.'
          }
        />
      )}
      {citedBy ? <CitedBy slug={slug} {...citedBy} /> : sources && <SourceList {...sources} />}
      <Notice of={entity.__typename} />
      <GraphiqlLink asked={detailsAsked(slug)} />
    </>
  );
}

/** The panel with the details of the selected entity. */
export function DetailsPanel({ slug }: { readonly slug: string }) {
  const resource = detailsOf(slug);
  return (
    <Panel
      key={slug}
      name="Details"
      class="details-panel"
      close={{ name: 'Close the details', run: () => change({ picked: undefined }) }}
    >
      <Await resource={resource} what="the details">
        {({ entity, around }) =>
          entity ? (
            <Entity entity={entity} around={around} />
          ) : (
            <Failure
              failed={{ message: `There is no entity “${slug}”.`, isRepeated: false }}
              again={resource.again}
              what="the details"
            />
          )
        }
      </Await>
    </Panel>
  );
}
