import { inLine, inWords, numberInWords } from '../../drawing/words.ts';
import { view } from '../navigation/navigation.ts';
import { settings, settingsOf } from '../settings/known.ts';
import { say } from '../settings/say.tsx';
import { type Bars, type Held, seriesOfBars } from './held.ts';
import { choiceOf, undatedIn } from './said.ts';

/** What the line counts, which may be less than elsewhere. */
function heldInWords(lined: Bars | undefined): string {
  const count = lined ? undatedIn(lined) : 0;
  return count === 0
    ? say('in this dataset')
    : say('in this dataset; {count} without a year are not counted', { count: numberInWords(count) });
}

/** What the signs of the chart mean. */
export function Marks({ held, hasTotals }: { readonly held: Held; readonly hasTotals: boolean }) {
  const highlighted = held.bars.filter(({ names }) => names.highlight !== null);
  const dots = held.dots.length > 0 ? settings().timeline?.dots : undefined;
  const open = dots?.status?.open[0];
  const lined = held.bars.find((bars) => seriesOfBars(held, bars) !== undefined);
  if (highlighted.length === 0 && !dots && !hasTotals) return null;
  return (
    <ul class="marks chart-marks">
      {highlighted.map((bars) => {
        const { isAll, highlight } = choiceOf(bars, view.value.measure);
        return [
          <li key={`${bars.kind} highlighted`}>
            <span class="sign bar-highlighted" /> {highlight?.word}
          </li>,
          isAll && (
            <li key={`${bars.kind} others`}>
              <span class="sign bar-other" /> {highlight?.others}
            </li>
          ),
        ];
      })}
      {dots && (
        <li>
          <span class="sign event-sign" /> {settingsOf(dots.kind)?.fullOne}
          {open && say(' (hollow: {status})', { status: inWords(open) })}
        </li>
      )}
      {hasTotals && (
        <>
          <li>
            <span class="sign actual-sign" /> {say('reported officially')}
          </li>
          <li>
            <span class="sign target-sign" /> {say('official target')}
          </li>
          <li>
            <span class="sign held-sign" />{' '}
            {inLine([...(lined?.names.highlight ? [lined.names.highlight.word] : []), heldInWords(lined)])}
          </li>
        </>
      )}
    </ul>
  );
}
