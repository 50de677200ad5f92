import { useEffect, useRef, useState } from 'preact/hooks';
import { countedKind } from '../api/ontology.ts';
import { arrived } from '../api/resource.ts';
import { change, view } from '../navigation/navigation.ts';
import { Notice } from '../panels/notice.tsx';
import { Await } from '../parts/parts.tsx';
import { drawnOf, pictureExports, saveCsv, saveJson } from '../parts/save.ts';
import { SheetTable } from '../parts/sheet-table.tsx';
import { useTitle } from '../parts/use-title.ts';
import { useWidth } from '../parts/use-width.ts';
import { ViewBar } from '../parts/view-bar.tsx';
import { queryNamed } from '../settings/known.ts';
import { say } from '../settings/say.tsx';
import { type ByCountry, byCountry, countIn, countNamed, countrySheet, mapSettings } from './by-country.ts';
import { Circles } from './circles.tsx';
import { CountryPanel } from './country-panel.tsx';
import { type Frame, HEIGHT, WIDTH, type World, worldResource } from './world.ts';

/** Smallest width of the drawing in pixels; narrower rooms scroll. */
const NARROWEST = 780;

const whole: Frame = { x: 0, y: 0, width: WIDTH };

/** Limits a frame to the world. */
function within({ x, y, width }: Frame): Frame {
  const wide = Math.min(WIDTH, Math.max(WIDTH / 16, width));
  const high = (wide * HEIGHT) / WIDTH;
  return { x: Math.min(WIDTH - wide, Math.max(0, x)), y: Math.min(HEIGHT - high, Math.max(0, y)), width: wide };
}

/** Zooms a frame by a factor around a fixed point. */
function zoomed(frame: Frame, factor: number, at?: readonly [number, number]): Frame {
  const high = (frame.width * HEIGHT) / WIDTH;
  const [x, y] = at ?? [frame.x + frame.width / 2, frame.y + high / 2];
  return within({ x: x - (x - frame.x) / factor, y: y - (y - frame.y) / factor, width: frame.width / factor });
}

function Drawing({
  world,
  data,
  frame,
  width,
  setFrame,
}: {
  readonly world: World;
  readonly data: ByCountry;
  readonly frame: Frame;
  readonly width: number;
  readonly setFrame: (next: (frame: Frame) => Frame) => void;
}) {
  const drawing = useRef<SVGSVGElement>(null);
  const drag = useRef<{ x: number; y: number; frame: Frame } | undefined>(undefined);
  const { code, by } = mapSettings();
  const { name: measure = '', title = '' } = countNamed(view.value.measure) ?? {};
  const counts = new Map(data.countries.map((country) => [country[code], countIn(country, measure)]));
  // Map units per screen pixel.
  const scale = frame.width / Math.max(width || WIDTH, NARROWEST);
  useEffect(() => {
    const room = drawing.current?.parentElement;
    // Where the map is wider than its room, it begins with what stands in its middle.
    if (room) room.scrollLeft = (room.scrollWidth - room.clientWidth) / 2;
  }, []);
  return (
    <svg
      ref={drawing}
      class="world"
      viewBox={`${frame.x} ${frame.y} ${frame.width} ${(frame.width * HEIGHT) / WIDTH}`}
      role="group"
      aria-label={say('World map: {title} by {by}', { title, by })}
      onWheel={(event) => {
        event.preventDefault();
        const box = event.currentTarget.getBoundingClientRect();
        const at = [
          frame.x + ((event.clientX - box.left) / box.width) * frame.width,
          frame.y + ((event.clientY - box.top) / box.height) * ((frame.width * HEIGHT) / WIDTH),
        ] as const;
        setFrame((now) => zoomed(now, event.deltaY < 0 ? 1.2 : 1 / 1.2, at));
      }}
      onPointerDown={(event) => {
        drag.current = { x: event.clientX, y: event.clientY, frame };
      }}
      onPointerMove={(event) => {
        const start = drag.current;
        if (!start || event.buttons === 0) return;
        const [x, y] = [event.clientX - start.x, event.clientY - start.y];
        if (Math.abs(x) + Math.abs(y) < 4) return;
        setFrame(() => within({ ...start.frame, x: start.frame.x - x * scale, y: start.frame.y - y * scale }));
      }}
      onPointerUp={() => {
        drag.current = undefined;
      }}
    >
      <path class="sea" d={world.sphere} />
      {world.land.map(({ code, path }) => (
        <path key={path} class={code !== undefined && (counts.get(code) ?? 0) > 0 ? 'land partner' : 'land'} d={path} />
      ))}
      <path class="borders" d={world.borders} />
      <Circles countries={data.countries} world={world} frame={frame} scale={scale} />
    </svg>
  );
}

function Measures({ totals }: Pick<ByCountry, 'totals'>) {
  const chosen = countNamed(view.value.measure);
  const choices = mapSettings().counts.filter(({ isChoice }) => isChoice);
  return (
    <fieldset class="segments measures">
      <legend class="visually-hidden">{say('Count')}</legend>
      {choices.map(({ name, title }) => (
        <label key={name}>
          <input
            type="radio"
            name="measure"
            value={name}
            checked={chosen?.name === name}
            onChange={() => change({ measure: name })}
          />
          <span>
            {title} <span class="count">{totals[name]}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function said({ countries }: ByCountry): string {
  const { name = '', said: more = '' } = countNamed(view.value.measure) ?? {};
  const held = countries.filter((country) => countIn(country, name) > 0).length;
  return `${countedKind(held, mapSettings().kind)} ${more}`;
}

/** Where the selected country is, which stays in view when the map is zoomed. */
function pickedPoint(): readonly [number, number] | undefined {
  const world = arrived(worldResource());
  const country = arrived(byCountry())?.countries.find(({ slug }) => slug === view.value.picked);
  return country && world?.points.get(String(country[mapSettings().code] ?? ''));
}

/** The map page: a circle for each partner country, sized by the selected count, or the same as a table. */
export function MapPage() {
  const [frame, setFrame] = useState(whole);
  const { place, width } = useWidth();
  const { as, measure, picked } = view.value;
  const data = arrived(byCountry());
  const { kind, remark } = mapSettings();
  useTitle(countNamed(measure)?.title ?? say('Map'));
  const sheet = data && countrySheet(data, countNamed(measure)?.name ?? '');
  const exports = [
    ...(as === 'picture'
      ? pictureExports(
          'silkgraph-map',
          () => {
            const drawing = place.current?.querySelector<SVGSVGElement>('svg.world');
            return drawing ? drawnOf(drawing) : undefined;
          },
          () => ({ title: countNamed(measure)?.title ?? '' }),
        )
      : []),
    { title: say('Countries (CSV)'), run: () => sheet && saveCsv('silkgraph-countries', sheet) },
    { title: say('Countries (JSON)'), run: () => data && saveJson('silkgraph-countries', data) },
  ];
  return (
    <>
      <ViewBar
        title={say('Map')}
        exports={data ? exports : []}
        asked={[
          { title: say('Total counts'), asked: { query: queryNamed('counts') } },
          { title: say('Counts by country'), asked: { query: queryNamed('places') } },
        ]}
      >
        {as === 'picture' && (
          <div class="tools" role="toolbar" aria-label={say('View')}>
            <button
              type="button"
              aria-label={say('Zoom in')}
              onClick={() => setFrame((now) => zoomed(now, 1.5, pickedPoint()))}
            >
              +
            </button>
            <button
              type="button"
              aria-label={say('Zoom out')}
              onClick={() => setFrame((now) => zoomed(now, 1 / 1.5, pickedPoint()))}
            >
              −
            </button>
            <button type="button" onClick={() => setFrame(whole)}>
              {say('Fit')}
            </button>
          </div>
        )}
      </ViewBar>
      <div class="workspace map-workspace">
        <div class="stage" ref={place}>
          <Await resource={byCountry()} what={say('the countries')}>
            {(loaded) => (
              <>
                <Measures totals={loaded.totals} />
                <p class="said" role="status">
                  {said(loaded)}
                </p>
                {as === 'table' && sheet ? (
                  <SheetTable sheet={sheet} />
                ) : (
                  <div class="world-room">
                    <Await resource={worldResource()} what={say('the world map')}>
                      {(world) => (
                        <Drawing world={world} data={loaded} frame={frame} width={width} setFrame={setFrame} />
                      )}
                    </Await>
                  </div>
                )}
                {as === 'picture' && (
                  <p class="hint">
                    {say('Outlines: Natural Earth via world-atlas; no position on territorial status is implied.')}{' '}
                    {remark}
                  </p>
                )}
                <Notice of={kind} />
              </>
            )}
          </Await>
        </div>
        {picked !== undefined && <CountryPanel slug={picked} />}
      </div>
    </>
  );
}
