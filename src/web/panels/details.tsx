import type { Card, NeighborhoodAnswer, SourceCard } from '../../drawing/answers.ts';
import { merge, type Piece } from '../../drawing/piece.ts';
import { counted, dateInWords, inWords, sentence } from '../../drawing/words.ts';
import type { OntologyProperty } from '../api/answers.ts';
import { type Asked, ask } from '../api/ask.ts';
import { kindInWords, kindNamed } from '../api/ontology.ts';
import { queries } from '../api/queries.ts';
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
  TitleMark,
  withoutCode,
} from '../parts/parts.tsx';
import { isEmpty } from './edge-properties.tsx';
import { Notice } from './notice.tsx';
import { Panel } from './panel.tsx';
import { EntityLink, PutOnGraph, RelationList } from './relation-list.tsx';

interface Milestone {
  readonly date: string | null;
  readonly text: string;
  readonly source: SourceCard | null;
}

/** A page of citations, in either direction. */
interface Citations<Node> {
  readonly totalCount: number;
  readonly edges: readonly {
    readonly supports: readonly string[];
    readonly note: string | null;
    readonly node: Node;
  }[];
}

type Whole = Card & {
  readonly notes: readonly string[];
  readonly conflicts: readonly string[];
  readonly alsoKnownAs: readonly string[];
  readonly sources: Citations<SourceCard>;
  /** Only for sources. */
  readonly citedBy?: Citations<Card>;
} & Readonly<Record<string, unknown>>;

export interface Details {
  readonly entity: Whole | undefined;
  readonly around: Piece;
}

interface DetailsAnswer {
  readonly self: { readonly nodes: readonly Whole[] };
  readonly around: NeighborhoodAnswer;
  readonly stated: NeighborhoodAnswer;
}

export const detailsAsked = (slug: string): Asked => ({ query: queries.details, variables: { of: [slug] } });

/** The details of an entity by its slug. */
export const detailsOf = keyedResource(async (slug): Promise<Details> => {
  const { self, around, stated } = await ask<DetailsAnswer>(detailsAsked(slug));
  const truncated = around.truncated ?? stated.truncated;
  const leftOut = [around, stated].flatMap((part) => part.truncated?.leftOut ?? []);
  return {
    entity: self.nodes[0],
    around: { ...merge(around, stated), truncated: truncated && { ...truncated, leftOut } },
  };
});

/** Value of a property, also if its alias has the kind as prefix because kinds give the name different types. */
const propertyOf = (entity: Whole, name: string): unknown => entity[name] ?? entity[`${entity.__typename}_${name}`];

/** Shown elsewhere on the panel. */
const shownElsewhere = new Set(['name', 'nameZh', 'notes', 'conflicts', 'milestones', 'description', 'definition']);

interface ValueProps {
  readonly property: OntologyProperty;
  readonly value: unknown;
  /** Whether URLs are links. Those of re-posts are plain text. */
  readonly isLinked: boolean;
}

function Value({ property, value, isLinked }: ValueProps) {
  if (Array.isArray(value)) {
    return (
      <ul class="plain">
        {value.map((item) => (
          <li key={String(item)}>
            <Value property={property} value={item} isLinked={isLinked} />
          </li>
        ))}
      </ul>
    );
  }
  if (property.values.length > 0 && typeof value === 'string') {
    if (property.name.toLowerCase().endsWith('confidence')) return <Degree of={value} what="confidence" />;
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

function Properties({ entity }: { readonly entity: Whole }) {
  const properties = (kindNamed(entity.__typename)?.properties ?? []).filter(
    ({ name }) => !shownElsewhere.has(name) && !isEmpty(propertyOf(entity, name)),
  );
  return (
    <dl class="properties">
      {properties.map((property) => (
        <div key={property.name}>
          <dt title={withoutCode(property.description)}>{sentence(property.name)}</dt>
          <dd>
            <Value property={property} value={propertyOf(entity, property.name)} isLinked={entity.mirror !== true} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Milestones({ milestones }: { readonly milestones: readonly Milestone[] }) {
  return (
    <section>
      <h3>History</h3>
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

/** Annotations of a citation. */
function CitationNotes({ supports, note }: { readonly supports: readonly string[]; readonly note: string | null }) {
  return (
    <>
      {supports.length > 0 && <span class="about">supports: {supports.map(inWords).join(', ')}</span>}
      {note && <span class="about">{note}</span>}
    </>
  );
}

function CitedBy({ slug, totalCount, edges }: Citations<Card> & { readonly slug: string }) {
  return (
    <section>
      <h3>
        Cited by <span class="count">{totalCount}</span>
      </h3>
      {totalCount === 0 && <p class="empty">Not cited by any entity.</p>}
      <ul class="source-list">
        {edges.map(({ supports, note, node }) => (
          <li key={node.slug} class="source">
            <EntityLink entity={node} />
            <CitationNotes supports={supports} note={note} />
          </li>
        ))}
      </ul>
      {edges.length < totalCount && <p class="hint">Not listed: {counted(totalCount - edges.length, 'entity')}.</p>}
      {totalCount > 0 && <PutOnGraph slug={slug} relation="CITES" count={totalCount} />}
    </section>
  );
}

function Entity({ entity, around }: Details & { readonly entity: Whole }) {
  const { slug, citedBy, sources } = entity;
  const description = propertyOf(entity, 'description') ?? propertyOf(entity, 'definition');
  const milestones = (entity.milestones ?? []) as readonly Milestone[];
  return (
    <>
      <p class="kind-line">
        <Glyph kind={entity.__typename} /> {kindInWords(entity.__typename)} <TitleMark of={entity} />
      </p>
      <h2>
        <Name of={entity} />
      </h2>
      <Actions slug={slug} />
      {typeof description === 'string' && <p>{description}</p>}
      <Properties entity={entity} />
      {entity.conflicts.length > 0 && (
        <section class="conflicts">
          <h3>Sources disagree</h3>
          <ul class="plain">
            {entity.conflicts.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </section>
      )}
      {entity.notes.length > 0 && (
        <section>
          <h3>Notes</h3>
          <ul class="plain">
            {entity.notes.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </section>
      )}
      {milestones.length > 0 && <Milestones milestones={milestones} />}
      {(citedBy === undefined || around.edges.length > 0) && (
        <RelationList
          slug={slug}
          around={around}
          none={sources.totalCount > 0 ? 'No relations recorded except to sources.' : 'No relations recorded.'}
        />
      )}
      {citedBy ? (
        <CitedBy slug={slug} {...citedBy} />
      ) : (
        <section>
          <h3>
            Sources <span class="count">{sources.totalCount}</span>
          </h3>
          {sources.totalCount === 0 && <p class="unsourced">No source recorded.</p>}
          <ul class="source-list">
            {sources.edges.map(({ supports, note, node }) => (
              <Source key={node.slug} source={node}>
                <CitationNotes supports={supports} note={note} />
              </Source>
            ))}
          </ul>
        </section>
      )}
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
