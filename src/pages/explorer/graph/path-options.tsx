import type { PathAnswer } from '../../drawing/answers.ts';
import { counted } from '../../drawing/words.ts';
import { nameNamed } from '../api/cards.ts';
import { passFocus } from '../keyboard/pass-focus.ts';
import { MOST_HOPS, type PathStep } from '../navigation/address.ts';
import { changed, go } from '../navigation/navigation.ts';
import { withStep } from '../navigation/steps.ts';
import { EntityPicker } from '../parts/entity-picker.tsx';
import { nameOf } from '../parts/parts.tsx';
import { Said, say } from '../settings/say.tsx';
import { Written } from '../settings/written.tsx';
import { hopsOf, wholeGraph } from './drawn.ts';

/** The name of an entity, on the graph or not: those that paths avoid are not. */
export function nameAt(slug: string): string {
  const card = wholeGraph.value.nodes.find((each) => each.slug === slug);
  return card ? nameOf(card) : nameNamed(slug);
}

/** Searches again, in place of the last search. */
export function search(step: PathStep): void {
  // The options are away until there are paths.
  passFocus(() => document.querySelector<HTMLElement>('.connection-panel'));
  go((now) => {
    const others = now.steps.filter((each) => each.do !== 'paths' || each.from !== step.from || each.to !== step.to);
    return changed(withStep({ ...now, steps: others }, step), { path: 0, picked: undefined });
  });
}

type Lists = 'avoid' | 'via';

const without = (step: PathStep, list: Lists, slug: string): PathStep => ({
  ...step,
  [list]: (step[list] ?? []).filter((other) => other !== slug),
});

function withOne(step: PathStep, list: Lists, slug: string): PathStep {
  const freed = without(step, list === 'avoid' ? 'via' : 'avoid', slug);
  return { ...freed, [list]: [...new Set([...(freed[list] ?? []), slug])] };
}

function Chosen({ step, list, text }: { readonly step: PathStep; readonly list: Lists; readonly text: string }) {
  return (
    <>
      {(step[list] ?? []).map((slug) => (
        <button
          key={slug}
          type="button"
          class="chip"
          aria-label={say('Remove {title}', { title: `${text} ${nameAt(slug)}` })}
          onClick={() => search(without(step, list, slug))}
        >
          <span class="of">{text}</span> <Written text={nameAt(slug)} /> <span aria-hidden="true">×</span>
        </button>
      ))}
    </>
  );
}

/** How long paths may be, whether those through hubs count, and which entities they avoid and pass. */
export function PathOptions({ step }: { readonly step: PathStep }) {
  return (
    <div class="path-options">
      <label>
        {say('Up to')}{' '}
        <select
          value={hopsOf(step)}
          onChange={({ currentTarget: { value } }) => search({ ...step, hops: Number(value) })}
        >
          {Array.from({ length: MOST_HOPS }, (_, index) => index + 1).map((hops) => (
            <option key={hops} value={hops}>
              {counted(hops, 'hop')}
            </option>
          ))}
        </select>
      </label>
      <label>
        <input
          type="checkbox"
          checked={step.hubs === true}
          onChange={({ currentTarget: { checked } }) => search({ ...step, hubs: checked })}
        />{' '}
        {say('Also through hubs')}
      </label>
      <Chosen step={step} list="avoid" text={say('not through')} />
      <Chosen step={step} list="via" text={say('only through')} />
      <EntityPicker
        key={`${step.via?.join(' ')}`}
        label={say('Only through …')}
        placeholder={say('Only through …')}
        onPick={({ slug }) => {
          if (slug !== step.from && slug !== step.to) search(withOne(step, 'via', slug));
        }}
      />
    </div>
  );
}

/** Leaves entities of a path out of the search. */
export function AvoidButtons({ step, path }: { readonly step: PathStep; readonly path: PathAnswer }) {
  const between = path.nodes.slice(1, -1);
  if (between.length === 0) return null;
  return (
    <p class="avoid">
      {between.map((card) => (
        <button key={card.slug} type="button" class="small" onClick={() => search(withOne(step, 'avoid', card.slug))}>
          <Said text="Not through {name}" with={{ name: <Written text={nameOf(card)} /> }} />
        </button>
      ))}
    </p>
  );
}
