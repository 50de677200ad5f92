import type { Card, Hop } from '../../drawing/answers.ts';
import { hopKey, type Piece } from '../../drawing/piece.ts';
import { counted, sentence } from '../../drawing/words.ts';
import { relationNamed } from '../api/ontology.ts';
import { change, go } from '../navigation/navigation.ts';
import { withStep } from '../navigation/steps.ts';
import { EntityLine, Sources, withoutCode } from '../parts/parts.tsx';
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
        go((now) => ({ ...withStep(now, { do: 'open', slug, relation, ...limit }), picked: slug }));
      }}
    >
      Add {count} to graph
    </button>
  );
}

interface GroupProps {
  readonly slug: string;
  readonly relation: string;
  readonly isForward: boolean;
  readonly hops: readonly Hop[];
  readonly cards: ReadonlyMap<string, Card>;
}

function RelationGroup({ slug, relation, isForward, hops, cards }: GroupProps) {
  const definition = relationNamed(relation);
  const title = isForward || definition?.symmetric ? relation : (definition?.backwardField ?? relation);
  return (
    <details class="relations" open={hops.length <= 6}>
      <summary title={withoutCode(definition?.description)}>
        {sentence(title)} <span class="count">{hops.length}</span>
      </summary>
      <ul>
        {hops.map((hop) => {
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
      <PutOnGraph slug={slug} relation={relation} count={hops.length} />
    </details>
  );
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
      <h3>Relations</h3>
      {own.length === 0 && <p class="empty">{none}</p>}
      {[...groups].map(([key, hops]) => {
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
          />
        );
      })}
      {around.truncated && <p class="hint">Not listed: {counted(left, 'relation')}.</p>}
    </section>
  );
}
