import { useEffect, useState } from 'preact/hooks';
import type { Card, Hop, PathAnswer } from '../../drawing/answers.ts';
import { hopKey } from '../../drawing/piece.ts';
import { counted, inWords } from '../../drawing/words.ts';
import { change, changed, go, view } from '../navigation/navigation.ts';
import { withStep } from '../navigation/steps.ts';
import { EdgeProperties } from '../panels/edge-properties.tsx';
import { Panel } from '../panels/panel.tsx';
import { EntityPicker, type Suggestion } from '../parts/entity-picker.tsx';
import { Await, EntityLine, GraphiqlLink, Sources } from '../parts/parts.tsx';
import { settings } from '../settings/known.ts';
import { askedBy, connection, wholeGraph } from './drawn.ts';
import { remarkOn } from './path-remark.ts';

/** The name of an entity, or its slug if it is not on the graph. */
const nameOf = (slug: string): string => wholeGraph.value.nodes.find((card) => card.slug === slug)?.name ?? slug;

/** Form with the two ends of a path. */
function TwoEnds() {
  const asked = connection.value;
  const start = view.value.connect;
  const [from, setFrom] = useState<string | undefined>(start ?? asked?.from);
  const [to, setTo] = useState<string | undefined>(start ? undefined : asked?.to);
  const [names, setNames] = useState<Readonly<Record<string, string>>>({});
  useEffect(() => {
    setFrom(start ?? asked?.from);
    setTo(start ? undefined : asked?.to);
  }, [start, asked?.from, asked?.to]);
  const shown = (slug: string | undefined) => (slug === undefined ? '' : (names[slug] ?? nameOf(slug)));
  function taken(set: (slug: string) => void) {
    return ({ slug, name }: Suggestion) => {
      setNames({ ...names, [slug]: name });
      set(slug);
    };
  }
  const canAsk = from !== undefined && to !== undefined && from !== to;
  return (
    <form
      class="two-ends"
      onSubmit={(event) => {
        event.preventDefault();
        if (!canAsk) return;
        go((now) =>
          changed(withStep(now, { do: 'paths', from, to }), { picked: undefined, path: 0, connect: undefined }),
        );
      }}
    >
      <EntityPicker label="From" isLabelShown initial={shown(from)} placeholder="Entity …" onPick={taken(setFrom)} />
      <EntityPicker label="To" isLabelShown initial={shown(to)} placeholder="Entity …" onPick={taken(setTo)} />
      <button type="submit" class="primary" disabled={!canAsk}>
        How are these connected?
      </button>
      {from !== undefined && from === to && <p class="hint">Choose two different entities.</p>}
    </form>
  );
}

function HopTold({ hop, cards }: { readonly hop: Hop; readonly cards: ReadonlyMap<string, Card> }) {
  const [from, to] = [cards.get(hop.from.slug), cards.get(hop.to.slug)];
  if (!from || !to) return null;
  return (
    <li>
      <p class="statement">
        <EntityLine entity={from} />
        <span class="relation-word">{inWords(hop.relation)}</span>
        <EntityLine entity={to} />
      </p>
      <EdgeProperties hop={hop} />
      <Sources sources={hop.sources} isOwn={hop.ownSources} />
    </li>
  );
}

const short = ({ nodes }: PathAnswer) =>
  nodes.length <= 2
    ? 'directly'
    : `via ${nodes
        .slice(1, -1)
        .map(({ name }) => name)
        .join(', then ')}`;

function Paths({ paths }: { readonly paths: readonly PathAnswer[] }) {
  const chosen = Math.min(view.value.path ?? 0, paths.length - 1);
  const [first] = paths;
  if (!first) return null;
  return (
    <>
      <p role="status" class="found">
        {counted(paths.length, 'path')}, the shortest of {counted(first.length, 'hop')}. The selected path is
        highlighted.
      </p>
      <ol class="paths">
        {paths.map((path, index) => (
          <li key={path.hops.map(hopKey).join(' ')}>
            <button
              type="button"
              class="path"
              aria-expanded={index === chosen}
              onClick={() => change({ path: index, picked: undefined, relation: undefined })}
            >
              {counted(path.length, 'hop')}, {short(path)}
            </button>
            {index === chosen && (
              <ol class="hops">
                {path.hops.map((hop) => (
                  <HopTold key={hopKey(hop)} hop={hop} cards={new Map(path.nodes.map((card) => [card.slug, card]))} />
                ))}
              </ol>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

/** Help on mouse and keyboard: the graph itself shows none. */
function Hints() {
  return (
    <dl class="hints">
      <dt>Click</dt>
      <dd>an entity or a line: show its details{settings().provenance && ' and sources'}</dd>
      <dt>Double-click</dt>
      <dd>an entity: add its neighbours to the graph</dd>
      <dt>Drag</dt>
      <dd>an entity to move it, or the background to pan</dd>
      <dt>
        <kbd>←</kbd> <kbd>→</kbd> <kbd>↑</kbd> <kbd>↓</kbd>
      </dt>
      <dd>move between entities</dd>
      <dt>
        <kbd>E</kbd> <kbd>C</kbd> <kbd>Del</kbd> <kbd>U</kbd>
      </dt>
      <dd>expand, connect, remove, undo</dd>
    </dl>
  );
}

const close = { name: 'Close', run: () => change({ connect: undefined }) };

/** Panel that finds paths between two entities and lists them hop by hop. */
export function ConnectionPanel() {
  const asked = connection.value;
  const isAsking = view.value.connect !== undefined;
  const step = asked && askedBy({ do: 'paths', from: asked.from, to: asked.to });
  return (
    <Panel name="How are these connected?" class="connection-panel" close={isAsking ? close : undefined}>
      <h2 class="small-title">How are these connected?</h2>
      <TwoEnds />
      {asked && !isAsking && (
        <Await resource={asked.resource} what="the paths">
          {({ paths = [], truncated }) => {
            const remark = remarkOn(paths.length, truncated);
            return (
              <>
                <Paths paths={paths} />
                {remark && <p class={paths.length === 0 ? 'empty' : 'hint'}>{remark}</p>}
              </>
            );
          }}
        </Await>
      )}
      {step && !isAsking && <GraphiqlLink asked={step} />}
      {!asked && !isAsking && <Hints />}
    </Panel>
  );
}
