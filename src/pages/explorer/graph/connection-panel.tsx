import { useEffect, useState } from 'preact/hooks';
import type { Card, PathAnswer } from '../../drawing/answers.ts';
import { hopKey } from '../../drawing/piece.ts';
import { counted } from '../../drawing/words.ts';
import { relationNamed } from '../api/ontology.ts';
import { MOST_PATHS, type PathStep } from '../navigation/address.ts';
import { change, changed, go, view } from '../navigation/navigation.ts';
import { withStep } from '../navigation/steps.ts';
import { EdgeProperties } from '../panels/edge-properties.tsx';
import { Panel } from '../panels/panel.tsx';
import { EntityPicker, type Suggestion } from '../parts/entity-picker.tsx';
import { Await, EntityLine, GraphiqlLink, nameOf, Sources } from '../parts/parts.tsx';
import { settings, verbOf } from '../settings/known.ts';
import { say } from '../settings/say.tsx';
import { connection, hopsOf } from './drawn.ts';
import { AvoidButtons, nameAt, PathOptions, search } from './path-options.tsx';
import { remarkOn } from './path-remark.ts';

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
  const shown = (slug: string | undefined) => (slug === undefined ? '' : (names[slug] ?? nameAt(slug)));
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
      <EntityPicker
        label={say('From')}
        isLabelShown
        initial={shown(from)}
        placeholder={say('Entity …')}
        onPick={taken(setFrom)}
      />
      <EntityPicker
        label={say('To')}
        isLabelShown
        initial={shown(to)}
        placeholder={say('Entity …')}
        onPick={taken(setTo)}
      />
      <button type="submit" class="primary" disabled={!canAsk}>
        {say('How are these connected?')}
      </button>
      {from !== undefined && from === to && <p class="hint">{say('Choose two different entities.')}</p>}
    </form>
  );
}

/** A hop in the direction in which the path is walked. */
function HopTold({
  hop,
  cards,
}: {
  readonly hop: PathAnswer['hops'][number];
  readonly cards: ReadonlyMap<string, Card>;
}) {
  const isForward = hop.direction === 'FORWARD';
  const ends = isForward ? [hop.from, hop.to] : [hop.to, hop.from];
  const [from, to] = ends.map(({ slug }) => cards.get(slug));
  if (!from || !to) return null;
  return (
    <li>
      <p class="statement">
        <EntityLine entity={from} />
        <span class="relation-word">{verbOf(hop.relation, isForward, relationNamed(hop.relation))}</span>
        <EntityLine entity={to} />
      </p>
      <EdgeProperties hop={hop} />
      <Sources sources={hop.sources} isOwn={hop.ownSources} />
    </li>
  );
}

const short = ({ nodes }: PathAnswer) =>
  nodes.length <= 2
    ? say('directly')
    : say('via {names}', { names: nodes.slice(1, -1).map(nameOf).join(say(', then ')) });

function Paths({ paths, step }: { readonly paths: readonly PathAnswer[]; readonly step: PathStep }) {
  const chosen = Math.min(view.value.path ?? 0, paths.length - 1);
  const [first] = paths;
  if (!first) return null;
  return (
    <>
      <p role="status" class="found">
        {say('{paths}, the shortest of {hops}. The selected path is highlighted.', {
          paths: counted(paths.length, 'path'),
          hops: counted(Math.min(...paths.map(({ length }) => length)), 'hop'),
        })}
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
              {say('{hops}, {way}', { hops: counted(path.length, 'hop'), way: short(path) })}
            </button>
            {index === chosen && (
              <>
                <ol class="hops">
                  {path.hops.map((hop) => (
                    <HopTold key={hopKey(hop)} hop={hop} cards={new Map(path.nodes.map((card) => [card.slug, card]))} />
                  ))}
                </ol>
                <AvoidButtons step={step} path={path} />
              </>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

/** Help on touch, or on mouse and keyboard: the graph itself shows none. */
function Hints() {
  const details = settings().provenance
    ? say('an entity or a line: show its details and sources')
    : say('an entity or a line: show its details');
  const neighbours = say('an entity: add its neighbours to the graph');
  if (matchMedia('(pointer: coarse)').matches)
    return (
      <dl class="hints">
        <dt>{say('Tap')}</dt>
        <dd>{details}</dd>
        <dt>{say('Double-tap')}</dt>
        <dd>{neighbours}</dd>
        <dt>{say('Long touch')}</dt>
        <dd>{say('an entity: select it together with others')}</dd>
        <dt>{say('Drag')}</dt>
        <dd>{say('an entity to move it')}</dd>
      </dl>
    );
  return (
    <dl class="hints">
      <dt>{say('Click')}</dt>
      <dd>{details}</dd>
      <dt>{say('Shift + click')}</dt>
      <dd>{say('an entity: select it together with others; Shift + drag selects all in a rectangle')}</dd>
      <dt>{say('Double-click')}</dt>
      <dd>{neighbours}</dd>
      <dt>{say('Drag')}</dt>
      <dd>{say('an entity to move it, or the background to pan')}</dd>
      <dt>
        <kbd>←</kbd> <kbd>→</kbd> <kbd>↑</kbd> <kbd>↓</kbd>
      </dt>
      <dd>{say('move between entities')}</dd>
      <dt>
        <kbd>E</kbd> <kbd>C</kbd> <kbd>Del</kbd> <kbd>U</kbd>
      </dt>
      <dd>{say('expand, connect, remove, undo')}</dd>
    </dl>
  );
}

const close = () => ({ name: say('Close'), run: () => change({ connect: undefined }) });

/** Panel that finds paths between two entities and lists them hop by hop. */
export function ConnectionPanel() {
  const asked = connection.value;
  const isAsking = view.value.connect !== undefined;
  return (
    <Panel name={say('How are these connected?')} class="connection-panel" close={isAsking ? close() : undefined}>
      <h2 class="small-title">{say('How are these connected?')}</h2>
      <TwoEnds />
      {asked && !isAsking && (
        <Await resource={asked.resource} what={say('the paths')}>
          {({ paths = [], truncated, isThroughHubs = false }) => {
            const remark = remarkOn(paths.length, truncated, hopsOf(asked.step));
            return (
              <>
                <PathOptions step={asked.step} />
                {isThroughHubs && paths.length > 0 && (
                  <p class="hint">{say('Without hubs there is no path, so these lead through them.')}</p>
                )}
                <Paths paths={paths} step={asked.step} />
                {remark && <p class={paths.length === 0 ? 'empty' : 'hint'}>{remark}</p>}
                {truncated?.reason === 'LIMIT' && paths.length < MOST_PATHS && (
                  <button type="button" class="small" onClick={() => search({ ...asked.step, limit: MOST_PATHS })}>
                    {say('Show more')}
                  </button>
                )}
              </>
            );
          }}
        </Await>
      )}
      {asked?.asked && !isAsking && <GraphiqlLink asked={asked.asked} />}
      {!asked && !isAsking && <Hints />}
    </Panel>
  );
}
