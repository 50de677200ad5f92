import type { ComponentChildren } from 'preact';
import { capitalized, numberInWords } from '../../drawing/words.ts';
import { arrived } from '../api/resource.ts';
import { textIn } from '../navigation/form.ts';
import { change, view } from '../navigation/navigation.ts';
import { coordinates } from '../panels/item-texts.ts';
import { Panel } from '../panels/panel.tsx';
import { EntityLink } from '../panels/relation-list.tsx';
import { Await, nameOf } from '../parts/parts.tsx';
import { type Sheet, sheetOf } from '../parts/sheet.ts';
import { SheetTable } from '../parts/sheet-table.tsx';
import { settings, valueInWords } from '../settings/known.ts';
import { say } from '../settings/say.tsx';
import { asWritten } from '../settings/written.tsx';
import { Drawing } from './drawing.tsx';
import { clustersAt, clusterWith, entitiesOf, PlaceCircles, placeInWords } from './place-circles.tsx';
import { YearSlider } from './place-form.tsx';
import { type Placed, type Placing, placesOf, upTo } from './places.ts';
import { type Frame, worldResource } from './world.ts';

/** Entities at their places as a table. */
export function placeSheet({ of }: Placing, placed: readonly Placed[]): Sheet {
  const rows = placed.map((each) => ({ ...each, slug: each.entity.slug }));
  return sheetOf(capitalized(of.kind.full), rows, [
    [say('Name'), ({ entity }) => nameOf(entity)],
    [say('Place'), ({ place }) => place.place],
    [say('Latitude'), ({ place }) => place.latitude],
    [say('Longitude'), ({ place }) => place.longitude],
    [
      say('Precision'),
      ({ place }) =>
        place.precision && capitalized(valueInWords(settings().parts['locations.precision'], place.precision)),
    ],
    [of.kind.isDated && say('Year'), ({ year }) => year],
    [say('ID'), ({ slug }) => slug],
  ]);
}

interface PlaceMapProps {
  readonly placing: Placing;
  readonly frame: Frame;
  readonly width: number;
  readonly setFrame: (next: (frame: Frame) => Frame) => void;
  /** What stands below. */
  readonly children: ComponentChildren;
}

/** Entities of a kind at their places, on the map or as a table. */
export function PlaceMap({ placing, frame, width, setFrame, children }: PlaceMapProps) {
  const { as, until } = view.value;
  const { full } = placing.of.kind;
  return (
    <Await resource={placesOf(placing)} what={say('the places')}>
      {({ placed, all, leftOut }) => {
        const known = new Set(placed.map(({ entity }) => entity.slug)).size + leftOut;
        return (
          <>
            <p class="said" role="status">
              {say('{known} of {all} have a known place.', { known: numberInWords(known), all: numberInWords(all) })}{' '}
              {leftOut > 0 && say('{count} of them are too many to be drawn.', { count: numberInWords(leftOut) })}
            </p>
            <YearSlider dated={placed} />
            {as === 'table' ? (
              <SheetTable sheet={placeSheet(placing, upTo(placed, until))} />
            ) : (
              <div class="world-room">
                <Await resource={worldResource()} what={say('the world map')}>
                  {(world) => (
                    <Drawing
                      world={world}
                      label={say('World map: {title}', { title: full })}
                      frame={frame}
                      width={width}
                      setFrame={setFrame}
                    >
                      <PlaceCircles placed={placed} frame={frame} width={width} kind={placing.of.name} />
                    </Drawing>
                  )}
                </Await>
              </div>
            )}
            {children}
          </>
        );
      }}
    </Await>
  );
}

/** The panel beside the map: the entities of a circle. */
export function ClusterPanel({ placing, frame, width }: Omit<PlaceMapProps, 'setFrame' | 'children'>) {
  const slug = textIn(view.value.form.around);
  const places = arrived(placesOf(placing));
  const shown = upTo(places?.placed ?? [], view.value.until);
  const cluster = clusterWith(clustersAt(shown, frame, width), slug);
  const [first] = cluster?.members ?? [];
  if (!cluster || !first) return null;
  return (
    <Panel key={slug} name={say('Place')} close={{ name: say('Close'), run: () => change({ form: {} }) }}>
      <h2 {...asWritten(placeInWords(cluster))}>{placeInWords(cluster) || coordinates(first.place)}</h2>
      <p class="hint">{coordinates(first.place)}</p>
      <ul class="entity-list">
        {entitiesOf(cluster).map((entity) => (
          <li key={entity.slug}>
            <EntityLink entity={entity} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
