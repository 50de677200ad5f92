import { capitalized } from '../../drawing/words.ts';
import { arrived } from '../api/resource.ts';
import { KnownTotal } from '../list/known-total.tsx';
import { QuickFilters } from '../list/quick-filters.tsx';
import { textIn } from '../navigation/form.ts';
import { view } from '../navigation/navigation.ts';
import { Notice } from '../panels/notice.tsx';
import { drawnOf, type Export, pictureExports, saveJson, sheetExports } from '../parts/save.ts';
import { useTitle } from '../parts/use-title.ts';
import { useWidth } from '../parts/use-width.ts';
import { ViewBar } from '../parts/view-bar.tsx';
import { queryNamed } from '../settings/known.ts';
import { isEmbedded } from '../settings/language.ts';
import { say } from '../settings/say.tsx';
import { byCountry, countedAsWanted, countNamed, countrySheet, mapSettings } from './by-country.ts';
import { CountryMap } from './country-map.tsx';
import { CountryPanel } from './country-panel.tsx';
import { PlaceChoice } from './place-form.tsx';
import { ClusterPanel, PlaceMap, placeSheet } from './place-map.tsx';
import { type Placing, placesAsked, placesOf, placingOf, upTo } from './places.ts';
import { useFitting } from './use-fitting.ts';
import { useFrame } from './use-frame.ts';
import { pointAt, worldResource } from './world.ts';

/** Where the selected country is, which stays in view when the map is zoomed. */
function pickedPoint(): readonly [number, number] | undefined {
  const world = arrived(worldResource());
  const country = arrived(byCountry())?.countries.find(({ slug }) => slug === view.value.picked);
  return country && world?.points.get(String(country[mapSettings().code] ?? ''));
}

/** Where the selected entity or circle is. */
function pointOfChosen(placing: Placing): readonly [number, number] | undefined {
  const { picked, form } = view.value;
  const slug = picked ?? textIn(form.around);
  const found = arrived(placesOf(placing))?.placed.find(({ entity }) => entity.slug === slug);
  return (found && pointAt(found.place.longitude, found.place.latitude)) ?? undefined;
}

/** What the map shows, as it is exported: entities at their places, or countries. */
function dataExports(placing: Placing | undefined): readonly Export[] {
  const { measure, until } = view.value;
  if (placing) {
    const places = arrived(placesOf(placing));
    const sheet = placeSheet(placing, upTo(places?.placed ?? [], until));
    return [
      ...sheetExports('silkgraph-places', say('Places'), () => sheet),
      { title: say('Places (JSON)'), run: () => places && saveJson('silkgraph-places', places) },
    ];
  }
  const data = arrived(byCountry());
  return [
    ...sheetExports(
      'silkgraph-countries',
      say('Countries'),
      () => data && countrySheet(countedAsWanted(data), countNamed(measure)?.name ?? ''),
    ),
    { title: say('Countries (JSON)'), run: () => data && saveJson('silkgraph-countries', data) },
  ];
}

/** The map page: countries with a circle for what is counted in each, or the entities of a kind at their places. */
export function MapPage() {
  const [frame, setFrame] = useFrame();
  const { place, width: room } = useWidth();
  const { isFitted, width, fit, zoom } = useFitting(room, [frame, setFrame]);
  const { as, measure, picked, list, where, form } = view.value;
  const { kind, remark, places } = mapSettings();
  const placing = placingOf(list, where);
  const title = placing ? capitalized(placing.of.kind.full) : (countNamed(measure)?.title ?? say('Map'));
  useTitle(title);
  const pictures = pictureExports(
    'silkgraph-map',
    () => {
      const drawing = place.current?.querySelector<SVGSVGElement>('svg.world');
      return drawing ? drawnOf(drawing) : undefined;
    },
    () => ({ title }),
  );
  const inner = { frame, width, setFrame };
  const middle = () => (placing ? pointOfChosen(placing) : pickedPoint());
  const foot = as === 'picture' && (
    <p class="hint">
      {say('Outlines: Natural Earth via world-atlas; no position on territorial status is implied.')}{' '}
      {placing ? say('Most places are the middle of a city. A circle may stand for several entities.') : remark}
    </p>
  );
  return (
    <>
      <ViewBar
        title={say('Map')}
        exports={[...(as === 'picture' ? pictures : []), ...dataExports(placing)]}
        asked={
          placing
            ? [{ title: '', asked: placesAsked(placing) }]
            : [
                { title: say('Total counts'), asked: { query: queryNamed('counts') } },
                { title: say('Counts by country'), asked: { query: queryNamed('places') } },
              ]
        }
      >
        {as === 'picture' && (
          <div class="tools" role="toolbar" aria-label={say('View')}>
            <button type="button" aria-label={say('Zoom in')} onClick={() => zoom(1.5, middle())}>
              +
            </button>
            <button type="button" aria-label={say('Zoom out')} onClick={() => zoom(1 / 1.5, middle())}>
              −
            </button>
            <button type="button" onClick={fit}>
              {say('Fit')}
            </button>
          </div>
        )}
      </ViewBar>
      <div class="workspace map-workspace">
        <div class={isFitted ? 'stage fitted' : 'stage'} ref={place}>
          {places.length > 0 && <PlaceChoice list={placing?.of.kind.list.field} />}
          {placing ? (
            <>
              {!isEmbedded && <QuickFilters {...placing} />}
              <KnownTotal {...placing} />
              <PlaceMap placing={placing} {...inner}>
                {foot}
              </PlaceMap>
            </>
          ) : (
            <CountryMap {...inner}>
              {foot}
              <Notice of={kind} />
            </CountryMap>
          )}
        </div>
        {picked !== undefined && <CountryPanel slug={picked} />}
        {picked === undefined && placing && form.around !== undefined && (
          <ClusterPanel placing={placing} frame={frame} width={width} />
        )}
      </div>
    </>
  );
}
