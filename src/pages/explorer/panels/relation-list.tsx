import type { Card, Hop } from '../../drawing/answers.ts';
import { hopKey, type Piece } from '../../drawing/piece.ts';
import { counted } from '../../drawing/words.ts';
import { relationNamed, relationOrder } from '../api/ontology.ts';
import { addressOfList } from '../navigation/address.ts';
import { change, go, graphOf } from '../navigation/navigation.ts';
import { withStep } from '../navigation/steps.ts';
import { EntityLine, Sources, withoutCode } from '../parts/parts.tsx';
import { relationDescription, relationTitle, settingsOf } from '../settings/known.ts';
import { say } from '../settings/say.tsx';
import { EdgeProperties } from './edge-properties.tsx';

/** An entity as a link to its details. */
export function EntityLink({ entity }: { readonly entity: Card }) {
  return (
    <button type="button" class="link" onClick={() => change({ picked: entity.slug, relation: undefined })}>
      <EntityLine entity={entity} />
    </button>
  );
}

interface PutOnGraphProps {
  readonly slug: string;
  readonly relation: string;
  readonly count: number;
}

/** Adds the neighbours of an entity by one relation to the graph. */
export function PutOnGraph({ slug, relation, count }: PutOnGraphProps) {
  return (
    <button
      type="button"
      class="small"
      onClick={() => {
        // The entity itself counts.
        const limit = count < 60 ? {} : { limit: Math.min(count + 1, 500) };
        go((now) => ({ ...withStep(graphOf(now), { do: 'open', slug, relation, ...limit }), picked: slug }));
      }}
    >
      {say('Add {count} to graph', { count })}
    </button>
  );
}

interface GroupProps {
  readonly slug: string;
  readonly relation: string;
  readonly isForward: boolean;
  readonly hops: readonly Hop[];
  readonly cards: ReadonlyMap<string, Card>;
  /** Whether its entities are shown at once. */
  readonly isOpen: boolean;
}

/** Entities of a group that the panel lists; all are in its list. */
const MOST_LISTED = 30;

/** Address of the list of what a relation leads to. */
function listOf(slug: string, relation: string, isForward: boolean, far: Card | undefined): string | undefined {
  const target = far && settingsOf(far.__typename);
  const reverse = Object.entries(target?.fields ?? {}).find(
    ([, field]) => field.relation === relation && field.isForward !== isForward,
  );
  return target && reverse && addressOfList(target.list.field, [{ facet: reverse[0], value: slug }]);
}

function RelationGroup({ slug, relation, isForward, hops, cards, isOpen }: GroupProps) {
  const definition = relationNamed(relation);
  const [first] = hops;
  const list = listOf(slug, relation, isForward, first && cards.get(isForward ? first.to.slug : first.from.slug));
  return (
    <details class="relations" open={isOpen}>
      <summary title={withoutCode(relationDescription(relation, definition?.description))}>
        {relationTitle(relation, isForward, definition)} <span class="count">{hops.length}</span>
      </summary>
      <ul>
        {hops.slice(0, MOST_LISTED).map((hop) => {
          const other = cards.get(isForward ? hop.to.slug : hop.from.slug);
          if (!other) return null;
          return (
            <li key={hopKey(hop)}>
              <EntityLink entity={other} />
              <EdgeProperties hop={hop} />
              <Sources sources={hop.sources} isOwn={hop.ownSources} />
            </li>
          );
        })}
      </ul>
      <p class="actions">
        <PutOnGraph slug={slug} relation={relation} count={hops.length} />
        {list !== undefined && (
          <a class="to-list" href={list}>
            {say('All as a list')}
          </a>
        )}
      </p>
    </details>
  );
}

/** Groups of this size are open. */
const FEW = 8;

/** Groups in the order of the ontology, which puts first what says most. */
function ordered(groups: ReadonlyMap<string, readonly Hop[]>): readonly (readonly [string, readonly Hop[]])[] {
  const order = relationOrder();
  const place = (key: string) => order.get(key.split(' ')[0] ?? '') ?? order.size;
  return [...groups].toSorted(([a], [b]) => place(a) - place(b));
}

interface RelationListProps {
  readonly slug: string;
  readonly around: Piece;
  /** Text for an empty list. */
  readonly none: string;
}

/** The relations of an entity, grouped by type, each with its sources. */
export function RelationList({ slug, around, none }: RelationListProps) {
  const cards = new Map(around.nodes.map((card) => [card.slug, card]));
  const own = around.edges.filter(({ from, to }) => from.slug === slug || to.slug === slug);
  const groups = new Map<string, Hop[]>();
  for (const hop of own) {
    const key = `${hop.relation} ${hop.from.slug === slug}`;
    groups.set(key, [...(groups.get(key) ?? []), hop]);
  }
  const left = (around.truncated?.leftOut ?? []).reduce((sum, { count }) => sum + count, 0);
  return (
    <section>
      <h3>{say('Relations')}</h3>
      {own.length === 0 && <p class="empty">{none}</p>}
      {ordered(groups).map(([key, hops], index) => {
        const [first] = hops;
        if (!first) return null;
        const isForward = first.from.slug === slug;
        return (
          <RelationGroup
            key={key}
            slug={slug}
            relation={first.relation}
            isForward={isForward}
            hops={hops}
            cards={cards}
            isOpen={index === 0 || hops.length <= FEW}
          />
        );
      })}
      {around.truncated && <p class="hint">{say('Not listed: {count}.', { count: counted(left, 'relation') })}</p>}
    </section>
  );
}
