import { useEffect, useRef, useState } from 'preact/hooks';
import { type Canvas, openCanvas } from '../../drawing/canvas/canvas.ts';
import type { Direction } from '../../drawing/canvas/node-beside.ts';
import { graphmlOf } from '../../drawing/graphml.ts';
import { hopKey } from '../../drawing/piece.ts';
import { counted } from '../../drawing/words.ts';
import { thingInWords } from '../analysis/pattern.ts';
import type { Asked } from '../api/ask.ts';
import { kindInWords, styleOfKind } from '../api/ontology.ts';
import { arrived } from '../api/resource.ts';
import { addressOf, type PathStep, type Step, stepKey } from '../navigation/address.ts';
import { change, go, view } from '../navigation/navigation.ts';
import { patternOf } from '../navigation/pattern.ts';
import { withoutLastStep, withStep } from '../navigation/steps.ts';
import { DetailsPanel } from '../panels/details.tsx';
import { AbsentRelationPanel, RelationPanel } from '../panels/relation-panel.tsx';
import { loadChineseFontFor } from '../parts/chinese-font.ts';
import { nameOf } from '../parts/parts.tsx';
import { pictureExports, save, saveCsv, saveJson, saveXlsx, sourceExports } from '../parts/save.ts';
import { SheetTable } from '../parts/sheet-table.tsx';
import { isDark } from '../parts/theme.ts';
import { useTitle } from '../parts/use-title.ts';
import { ViewBar } from '../parts/view-bar.tsx';
import { isChinese, settings, titleOf, verbOf } from '../settings/known.ts';
import { say } from '../settings/say.tsx';
import { isWeak, shorten, standingOf } from '../settings/standing.ts';
import { ConnectionPanel } from './connection-panel.tsx';
import { connection, isFailed, isLoading, questionOf, shownGraph, takenSteps, wholeGraph } from './drawn.ts';
import { EmptyGraph } from './empty-graph.tsx';
import { expand } from './expand.ts';
import { FilterPanel } from './filter-panel.tsx';
import { entitySheet, relationSheet } from './graph-sheets.ts';
import { groupings, groupOf } from './grouping.ts';
import { legendOf } from './legend.ts';
import { placesOfText, textOfPlaces } from './placement.ts';
import { SelectionPanel, select } from './selection-panel.tsx';
import { StepNotes } from './step-notes.tsx';
import { useFramed } from './use-framed.ts';

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

const appearance = {
  ...{ styleOfKind, standingOf, nameOf, shorten, isWeak, namedRelations: 0 },
  verbOf: (relation: string) => verbOf(relation, true),
};

/** Screen reader announcement: the selected entity and the number of its relations. */
function useAnnouncement(): string {
  const { picked } = view.value;
  const { nodes, edges } = shownGraph.value;
  if (isLoading.value) return say('Loading.');
  const card = nodes.find(({ slug }) => slug === picked);
  if (!card) return '';
  const related = edges.filter(({ from, to }) => from.slug === picked || to.slug === picked).length;
  return say('{name}, {kind}, {relations} shown.', {
    name: nameOf(card),
    kind: kindInWords(card.__typename),
    relations: counted(related, 'relation'),
  });
}

/** Keys of the relations of the selected path, if there is one. */
function pathKeys(): readonly string[] | undefined {
  const found = connection.value;
  const { path, connect } = view.value;
  if (!found || connect !== undefined) return undefined;
  const paths = arrived(found.resource)?.paths;
  return paths?.[Math.min(path ?? 0, paths.length - 1)]?.hops.map(hopKey);
}

/** With more entities than this, a graph is not laid out between the ends of paths. */
const MOST_BETWEEN = 40;

/** The ends of the last paths that were searched for, between which a small graph is laid out. */
function endsOfPaths(): PathStep | undefined {
  const step = view.value.steps.findLast((each) => each.do === 'paths');
  return step?.do === 'paths' && shownGraph.value.nodes.length <= MOST_BETWEEN ? step : undefined;
}

function Picture({ onCanvas }: { readonly onCanvas: (canvas: Canvas | undefined) => void }) {
  const place = useRef<HTMLDivElement>(null);
  const canvas = useRef<Canvas | undefined>(undefined);
  const graph = shownGraph.value;
  const dark = isDark.value;
  const { picked, relation, also, places, grouped, at } = view.value;
  const path = pathKeys()?.join('\n');
  const announcement = useAnnouncement();
  const framed = useFramed(canvas);

  useEffect(() => {
    if (!place.current) return;
    const opened = openCanvas(place.current, appearance, {
      pick: (slug) => change({ picked: slug, also: [], relation: undefined }),
      choose: select,
      moved: (all) => change({ places: textOfPlaces(all) }, { replace: true }),
      framed,
      pickRelation: (key) => change({ relation: key, picked: undefined }),
      pickNothing: () => change({ picked: undefined, also: [], relation: undefined }),
      open: expand,
    });
    canvas.current = opened;
    onCanvas(opened);
    return () => {
      canvas.current = undefined;
      onCanvas(undefined);
      opened.close();
    };
  }, [onCanvas]);
  const last = also.at(-1) ?? picked;
  const ends = endsOfPaths();
  const endsKey = ends && `${ends.from} ${ends.to}`;
  useEffect(() => {
    const kept = placesOfText(
      places,
      graph.nodes.map(({ slug }) => slug),
    );
    loadChineseFontFor(graph.nodes.map(nameOf));
    // What was moved or zoomed by hand is drawn so already.
    canvas.current?.draw(graph, dark, { ends, groupOf: groupOf(grouped, graph), places: kept, at });
  }, [graph, dark, endsKey, grouped]);
  useEffect(
    () => canvas.current?.emphasize({ picked, also, relation, path: path?.split('\n') }),
    [picked, also, relation, path],
  );
  useEffect(() => {
    if (last !== undefined) canvas.current?.reveal(last);
  }, [last, graph.nodes.some(({ slug }) => slug === last)]);

  function onKeyDown(event: KeyboardEvent) {
    const drawing = canvas.current;
    if (!drawing || event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = directions[event.key];
    if (direction) {
      const next = drawing.beside(picked, direction);
      if (next) change({ picked: next, relation: undefined }, { replace: picked !== undefined });
    } else if (event.key === '+' || event.key === '=') drawing.zoomBy(1.25);
    else if (event.key === '-') drawing.zoomBy(0.8);
    else if (event.key === '0') drawing.fit();
    else if (event.key === 'u') go(withoutLastStep);
    else if (picked && (event.key === 'e' || event.key === 'Enter')) expand(picked);
    else if (picked && event.key === 'c') change({ connect: picked });
    else if (picked && (event.key === 'Delete' || event.key === 'Backspace')) remove(picked);
    else if (event.key === 'Escape') change({ picked: undefined, also: [], relation: undefined });
    else return;
    event.preventDefault();
  }

  return (
    <>
      <div
        class="canvas-frame"
        role="application"
        aria-roledescription={say('graph')}
        aria-label={say(
          'Graph of {entities}. Arrow keys move, Enter expands, Delete removes, U undoes, C connects, plus, minus and 0 zoom. The table has the same data.',
          { entities: counted(graph.nodes.length, 'entity') },
        )}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the graph is navigated by keyboard.
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div ref={place} class="canvas" data-dark={dark} />
      </div>
      <p class="visually-hidden" role="status">
        {announcement}
      </p>
    </>
  );
}

const remove = (slug: string) =>
  go((now) => {
    const { picked: _picked, ...rest } = withStep(now, { do: 'drop', slug });
    return rest;
  });

/** Choice of what the graph is grouped by. */
function GroupChoice() {
  return (
    <label>
      <span class="visually-hidden">{say('Group by')}</span>
      <select
        value={view.value.grouped ?? ''}
        onChange={({ currentTarget: { value } }) =>
          change({ grouped: value === '' ? undefined : value, places: undefined, at: undefined })
        }
      >
        <option value="">{say('Not grouped')}</option>
        {groupings(shownGraph.value).map(({ name, title }) => (
          <option key={name} value={name}>
            {say('By {key}', { key: title })}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The buttons that undo steps are only marked as disabled, since a disabled button loses the focus. */
function Tools({ canvas }: { readonly canvas: Canvas | undefined }) {
  const { steps } = view.value;
  return (
    <div class="tools" role="toolbar" aria-label={say('View')}>
      <button type="button" onClick={() => canvas?.zoomBy(1.3)} aria-label={say('Zoom in')} title="+">
        +
      </button>
      <button type="button" onClick={() => canvas?.zoomBy(1 / 1.3)} aria-label={say('Zoom out')} title="−">
        −
      </button>
      <button type="button" onClick={() => canvas?.fit()} title={say('Fit all into view (0)')}>
        {say('Fit')}
      </button>
      <GroupChoice />
      <button
        type="button"
        aria-disabled={steps.length === 0}
        onClick={() => {
          if (steps.length > 0) go(withoutLastStep);
        }}
        title={say('Undo the last step (U)')}
      >
        {say('Undo')}
      </button>
      <button
        type="button"
        aria-disabled={steps.length === 0}
        onClick={() => {
          if (steps.length > 0) change({ steps: [], picked: undefined, relation: undefined, path: undefined });
        }}
      >
        {say('Clear')}
      </button>
    </div>
  );
}

function Side() {
  const { picked, also, relation, connect } = view.value;
  const { nodes, edges } = shownGraph.value;
  const hop = relation === undefined ? undefined : edges.find((edge) => hopKey(edge) === relation);
  if (connect !== undefined) return <ConnectionPanel />;
  if (also.length > 0) return <SelectionPanel />;
  if (hop) return <RelationPanel key={relation} hop={hop} cards={new Map(nodes.map((card) => [card.slug, card]))} />;
  if (relation !== undefined && !isLoading.value && !isFailed.value) return <AbsentRelationPanel />;
  if (picked !== undefined) return <DetailsPanel slug={picked} />;
  return <ConnectionPanel />;
}

function aboutWhom(step: Step): string {
  if (step.do === 'paths') return `(${step.from}, ${step.to})`;
  return 'slug' in step ? `(${step.slug})` : '';
}

/** What the graph shows, in words: its question, its ends, or what it was opened with. */
function useGraphTitle(): string {
  const { steps } = view.value;
  const cards = new Map(wholeGraph.value.nodes.map((card) => [card.slug, nameOf(card)]));
  const nameAt = (slug: string) => cards.get(slug) ?? slug;
  const parts = steps.flatMap((step): readonly string[] => {
    if (step.do === 'ask')
      return [settings().questions.find(({ name }) => name === step.question)?.title ?? step.question];
    if (step.do === 'paths') return [`${nameAt(step.from)} – ${nameAt(step.to)}`];
    if (step.do === 'match') return [patternOf(step).things.map(thingInWords).join(' – ')];
    return step.do === 'drop' ? [] : [nameAt(step.slug)];
  });
  const title = [...parts.slice(0, 3), ...(parts.length > 3 ? ['…'] : [])].join(isChinese() ? '、' : ', ');
  useTitle(title === '' ? say('Graph') : title);
  return title;
}

/** The graph page: the graph with its legend, or its tables, and the panel with the details. */
export function GraphPage() {
  const [canvas, setCanvas] = useState<Canvas | undefined>();
  const { as, steps } = view.value;
  const graph = shownGraph.value;
  const title = useGraphTitle();
  const isBlank = wholeGraph.value.nodes.length === 0 && steps.length > 0;
  const waiting = isBlank ? ` waiting${isLoading.value ? ' loading-graph' : ''}` : '';
  const asked = [...new Map(takenSteps.value.map((taken) => [stepKey(taken.step), taken])).values()].flatMap(
    (taken) => {
      const question: Asked | undefined = questionOf(taken);
      return question ? [{ title: `${titleOf(question.query)} ${aboutWhom(taken.step)}`, asked: question }] : [];
    },
  );
  const exports = [
    ...(as === 'picture'
      ? pictureExports(
          'silkgraph',
          () => canvas?.svg(),
          () => ({ title: title || say('Graph'), legend: legendOf(graph.nodes) }),
        )
      : []),
    { title: say('Entities (CSV)'), run: () => saveCsv('silkgraph-entities', entitySheet(graph)) },
    { title: say('Relations (CSV)'), run: () => saveCsv('silkgraph-relations', relationSheet(graph)) },
    {
      title: say('Entities and relations (XLSX)'),
      run: () => saveXlsx('silkgraph', [entitySheet(graph), relationSheet(graph)]),
    },
    {
      title: say('Graph (GraphML)'),
      run: () => save('silkgraph.graphml', new Blob([graphmlOf(graph)], { type: 'application/graphml+xml' })),
    },
    {
      title: say('Graph (JSON)'),
      run: () => saveJson('silkgraph', { view: addressOf(view.value), nodes: graph.nodes, edges: graph.edges }),
    },
    ...sourceExports(
      'silkgraph-sources',
      asked.map((one) => one.asked),
    ),
  ];
  return (
    <>
      <ViewBar
        title={say('Graph')}
        isLoading={steps.length > 0}
        exports={graph.nodes.length > 0 ? exports : []}
        asked={asked}
      >
        {as === 'picture' && <Tools canvas={canvas} />}
      </ViewBar>
      <div class={`workspace${waiting}`}>
        {(wholeGraph.value.nodes.length > 0 || isBlank) && <FilterPanel />}
        <div class="stage">
          {isLoading.value && (
            <span class="loading" role="status">
              {say('Loading …')}
            </span>
          )}
          <StepNotes />
          {graph.nodes.length === 0 && <EmptyGraph />}
          {as === 'picture' ? (
            <Picture onCanvas={setCanvas} />
          ) : (
            <div class="sheets">
              <SheetTable sheet={entitySheet(graph)} />
              <SheetTable sheet={relationSheet(graph)} />
            </div>
          )}
        </div>
        <Side />
      </div>
    </>
  );
}
