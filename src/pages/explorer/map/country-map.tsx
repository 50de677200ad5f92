import type { ComponentChildren } from 'preact';
import { countedKind } from '../api/ontology.ts';
import { arrived } from '../api/resource.ts';
import { change, view } from '../navigation/navigation.ts';
import { Await } from '../parts/parts.tsx';
import { SheetTable } from '../parts/sheet-table.tsx';
import { say } from '../settings/say.tsx';
import {
  byCountry,
  countedAsWanted,
  countIn,
  countNamed,
  countrySheet,
  datedCounts,
  mapSettings,
} from './by-country.ts';
import { Circles } from './circles.tsx';
import type { ByCountry } from './counting.ts';
import { Drawing } from './drawing.tsx';
import { scaleOf } from './frame.ts';
import { YearSlider } from './place-form.tsx';
import { type Frame, worldResource } from './world.ts';

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
  return say('{countries} {more}', { countries: countedKind(held, mapSettings().kind), more });
}

/** Whether anything is counted in a country, by its code. */
function isCounted({ countries }: ByCountry, code: string): boolean {
  const { name = '' } = countNamed(view.value.measure) ?? {};
  return countries.some((country) => country[mapSettings().code] === code && countIn(country, name) > 0);
}

/** The slider for the year up to which is counted. Its room is there before the years are. */
function CountYears({ name }: { readonly name: string }) {
  return (
    <div class="year-room">
      <YearSlider dated={arrived(datedCounts(name)) ?? []} />
    </div>
  );
}

/** A circle for each country, sized by the selected count, or the same as a table. */
export function CountryMap({
  frame,
  width,
  setFrame,
  children,
}: {
  readonly frame: Frame;
  readonly width: number;
  readonly setFrame: (next: (frame: Frame) => Frame) => void;
  /** What stands below. */
  readonly children: ComponentChildren;
}) {
  const { as, measure } = view.value;
  const { by } = mapSettings();
  const count = countNamed(measure);
  return (
    <Await resource={byCountry()} what={say('the countries')}>
      {(whole) => {
        const loaded = countedAsWanted(whole);
        return (
          <>
            <Measures totals={whole.totals} />
            {count?.years && <CountYears name={count.name} />}
            <p class="said" role="status">
              {said(loaded)}
            </p>
            {as === 'table' ? (
              <SheetTable sheet={countrySheet(loaded, count?.name ?? '')} />
            ) : (
              <div class="world-room">
                <Await resource={worldResource()} what={say('the world map')}>
                  {(world) => (
                    <Drawing
                      world={world}
                      label={say('World map: {title} by {by}', { title: count?.title ?? '', by })}
                      isMarked={(each) => isCounted(loaded, each)}
                      frame={frame}
                      width={width}
                      setFrame={setFrame}
                    >
                      <Circles countries={loaded.countries} world={world} frame={frame} scale={scaleOf(frame, width)} />
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
