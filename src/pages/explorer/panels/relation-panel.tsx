import type { Card, Hop } from '../../drawing/answers.ts';
import { relationNamed } from '../api/ontology.ts';
import { change } from '../navigation/navigation.ts';
import { EntityLine, Source, WithCode } from '../parts/parts.tsx';
import { relationDescription, settings, verbOf } from '../settings/known.ts';
import { say } from '../settings/say.tsx';
import { EdgeProperties } from './edge-properties.tsx';
import { Panel } from './panel.tsx';

const close = () => ({ name: say('Close the relation'), run: () => change({ relation: undefined }) });

/** The panel for a selected relation that is not on the graph. */
export function AbsentRelationPanel() {
  return (
    <Panel name={say('Relation')} close={close()}>
      <h2 class="small-title">{say('Relation')}</h2>
      <p role="status" class="empty">
        {say('This relation is not shown: it was deleted, its entities are not on the graph, or a filter hides it.')}
      </p>
    </Panel>
  );
}

function SourceList({ hop: { sources = [], ownSources } }: { readonly hop: Hop }) {
  return (
    <>
      <h3>
        {say('Sources')} <span class="count">{sources.length}</span>
      </h3>
      {sources.length === 0 && <p class="unsourced">{say('No source recorded.')}</p>}
      {!ownSources && sources.length > 0 && <p class="hint">{say('Sources of the parent record')}</p>}
      <ul class="source-list">
        {sources.map((source) => (
          <Source key={source.slug} source={source} />
        ))}
      </ul>
    </>
  );
}

/** The panel with one relation and its sources. */
export function RelationPanel({ hop, cards }: { readonly hop: Hop; readonly cards: ReadonlyMap<string, Card> }) {
  const [from, to] = [cards.get(hop.from.slug), cards.get(hop.to.slug)];
  if (!from || !to) return null;
  const end = (card: Card) => (
    <button type="button" class="link" onClick={() => change({ picked: card.slug, relation: undefined })}>
      <EntityLine entity={card} />
    </button>
  );
  return (
    <Panel name={say('Relation')} close={close()}>
      <h2 class="small-title">{say('Relation')}</h2>
      <p class="statement">
        {end(from)}
        <span class="relation-word">{verbOf(hop.relation, true)}</span>
        {end(to)}
      </p>
      <p class="hint">
        <WithCode text={relationDescription(hop.relation, relationNamed(hop.relation)?.description) ?? ''} />
      </p>
      <EdgeProperties hop={hop} />
      {settings().provenance && <SourceList hop={hop} />}
    </Panel>
  );
}
