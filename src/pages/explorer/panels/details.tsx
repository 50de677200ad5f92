import type { Card, NeighborhoodAnswer, SourceCard } from '../../drawing/answers.ts';
import { merge, type Piece } from '../../drawing/piece.ts';
import { capitalized, counted, inLine, inWords, labelled } from '../../drawing/words.ts';
import { AskError, type Asked } from '../api/ask.ts';
import { missingEntity } from '../api/missing-entity.ts';
import { askInOntology, kindInWords } from '../api/ontology.ts';
import { keyedResource } from '../api/resource.ts';
import { addressOf, escaped, firstView } from '../navigation/address.ts';
import { change, changed, go, graphOf, view } from '../navigation/navigation.ts';
import { withStep } from '../navigation/steps.ts';
import { Await, Failure, Glyph, GraphiqlLink, Name, Source, StandingMark } from '../parts/parts.tsx';
import { propertyOf, queryNamed, settings, settingsOf } from '../settings/known.ts';
import { language } from '../settings/language.ts';
import { say } from '../settings/say.tsx';
import { asWritten } from '../settings/written.tsx';
import { isEmpty } from './edge-properties.tsx';
import { type Milestone, Milestones } from './milestones.tsx';
import { Notice } from './notice.tsx';
import { Panel } from './panel.tsx';
import { Properties } from './properties.tsx';
import { EntityLink, PutOnGraph, RelationList } from './relation-list.tsx';

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

async function readDetails(slug: string): Promise<DetailsAnswer> {
  try {
    return await askInOntology<DetailsAnswer>(detailsAsked(slug));
  } catch (error) {
    throw error instanceof AskError ? missingEntity(error, [slug]) : error;
  }
}

/** The details of an entity by its slug. */
export const detailsOf = keyedResource(async (slug): Promise<Details> => {
  const { self, around, aside = nothing } = await readDetails(slug);
  const truncated = around.truncated ?? aside.truncated;
  const leftOut = [around, aside].flatMap((part) => part.truncated?.leftOut ?? []);
  return {
    entity: self.nodes[0],
    around: { ...merge(around, aside), truncated: truncated && { ...truncated, leftOut } },
  };
});

function Actions({ slug }: { readonly slug: string }) {
  const { page } = view.value;
  return (
    <p class="actions">
      <button
        type="button"
        class="primary"
        onClick={() => go((now) => ({ ...withStep(graphOf(now), { do: 'open', slug }), picked: slug }))}
      >
        {page === 'graph' ? say('Expand') : say('Show on graph')}
      </button>
      <button
        type="button"
        onClick={() => go((now) => changed(graphOf(now), { picked: slug, relation: undefined, connect: slug }))}
      >
        {say('Connect with …')}
      </button>
      <a class="button" href={`entity/${slug}?lang=${language}`}>
        {say('Full page')}
      </a>
      <a class="button" href={addressOf({ ...firstView, page: 'compare', form: { with: escaped(slug) } })}>
        {say('Compare')}
      </a>
      <a class="button" href={addressOf({ ...firstView, page: 'similar', form: { with: escaped(slug) } })}>
        {say('Similar')}
      </a>
      <a class="button" href={addressOf({ ...firstView, page: 'changes', form: { around: escaped(slug) } })}>
        {say('Changes')}
      </a>
      {page === 'graph' && (
        <button type="button" onClick={() => go((now) => withStep(now, { do: 'drop', slug }))}>
          {say('Remove')}
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
        <span key={name} class="about" {...(!isEnumerated && asWritten(String(citation[name])))}>
          {isEnumerated
            ? labelled(inWords(name), inLine([citation[name]].flat().map(String).map(inWords)))
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
        {say('Cited by')} <span class="count">{totalCount}</span>
      </h3>
      {totalCount === 0 && <p class="empty">{say('Not cited by any entity.')}</p>}
      <ul class="source-list">
        {edges.map((citation) => (
          <li key={citation.node.slug} class="source">
            <EntityLink entity={citation.node} />
            <CitationNotes citation={citation} />
          </li>
        ))}
      </ul>
      {edges.length < totalCount && (
        <p class="hint">{say('Not listed: {count}.', { count: counted(totalCount - edges.length, 'entity') })}</p>
      )}
      {totalCount > 0 && <PutOnGraph slug={slug} relation={relation} count={totalCount} />}
    </section>
  );
}

function SourceList({ totalCount, edges }: Citations<SourceCard>) {
  return (
    <section>
      <h3>
        {say('Sources')} <span class="count">{totalCount}</span>
      </h3>
      {totalCount === 0 && <p class="unsourced">{say('No source recorded.')}</p>}
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
      <h3>{isDisputed ? say('Sources disagree') : title}</h3>
      <ul class="plain">
        {texts.map((text) => (
          <li key={text} {...asWritten(text)}>
            {text}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The texts of an entity that say where sources disagree, or its other ones. */
function TextSections({ entity, areDisputed }: { readonly entity: Card; readonly areDisputed: boolean }) {
  const { sections = [] } = settingsOf(entity.__typename) ?? {};
  return (
    <>
      {sections.map(({ property, isDisputed }) => {
        if (isDisputed !== areDisputed) return null;
        const texts = (propertyOf(entity, property) ?? []) as readonly string[];
        if (texts.length === 0) return null;
        return (
          <TextSection key={property} texts={texts} title={capitalized(inWords(property))} isDisputed={isDisputed} />
        );
      })}
    </>
  );
}

/** Texts and dated steps of an entity. */
function Sections({ entity }: { readonly entity: Card }) {
  const { histories = [] } = settingsOf(entity.__typename) ?? {};
  return (
    <>
      <TextSections entity={entity} areDisputed={false} />
      {histories.map((property) => {
        const milestones = (propertyOf(entity, property) ?? []) as readonly Milestone[];
        if (milestones.length === 0) return null;
        const title = histories.length === 1 ? say('History') : capitalized(inWords(property));
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
      {typeof description === 'string' && <p {...asWritten(description)}>{description}</p>}
      <Properties entity={entity} part="first" />
      <TextSections entity={entity} areDisputed />
      {(citedBy === undefined || around.edges.length > 0) && (
        <RelationList
          slug={slug}
          around={around}
          none={
            sources && sources.totalCount > 0
              ? say('No relations recorded except to sources.')
              : say('No relations recorded.')
          }
        />
      )}
      <Sections entity={entity} />
      <Properties entity={entity} part="further" />
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
      name={say('Details')}
      class="details-panel"
      close={{ name: say('Close the details'), run: () => change({ picked: undefined }) }}
    >
      <Await resource={resource} what={say('the details')}>
        {({ entity, around }) =>
          entity ? (
            <Entity entity={entity} around={around} />
          ) : (
            <Failure
              failed={{
                message: say('There is no entity “{slug}”.', { slug }),
                isRepeated: false,
                instead: slug.replaceAll('-', ' '),
              }}
              again={resource.again}
              what={say('the details')}
            />
          )
        }
      </Await>
    </Panel>
  );
}
