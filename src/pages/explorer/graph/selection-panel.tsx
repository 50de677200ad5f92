import { counted } from '../../drawing/words.ts';
import { addressOf, escaped, firstView, type Step } from '../navigation/address.ts';
import { change, changed, go, view } from '../navigation/navigation.ts';
import { withStep } from '../navigation/steps.ts';
import { Panel } from '../panels/panel.tsx';
import { EntityLine, nameOf } from '../parts/parts.tsx';
import { say } from '../settings/say.tsx';
import { shownGraph } from './drawn.ts';

/** Most entities that are compared. */
const MOST_COMPARED = 4;

/** Slugs of what is selected together. */
export const selectedSlugs = (): readonly string[] => {
  const { picked, also } = view.value;
  return [...new Set([...(picked === undefined ? [] : [picked]), ...also])];
};

/** Adds entities to what is selected, or takes one away that is. */
export function select(slugs: readonly string[]): void {
  const before = selectedSlugs();
  const [only] = slugs;
  const next =
    slugs.length === 1 && only !== undefined && before.includes(only)
      ? before.filter((slug) => slug !== only)
      : [...new Set([...before, ...slugs])];
  const [picked, ...also] = next;
  change({ picked, also, relation: undefined });
}

/** Takes a step with each of them. */
const withEach = (act: Step['do'] & ('open' | 'drop'), slugs: readonly string[]) =>
  go((now) =>
    changed(
      slugs.reduce((next, slug) => withStep(next, { do: act, slug }), now),
      { also: [], ...(act === 'drop' && { picked: undefined }) },
    ),
  );

/** What can be done with several entities together. */
export function SelectionPanel() {
  const slugs = selectedSlugs();
  const cards = shownGraph.value.nodes.filter(({ slug }) => slugs.includes(slug));
  const [from, to] = slugs;
  return (
    <Panel
      name={say('Selection')}
      class="selection-panel"
      close={{ name: say('Close'), run: () => change({ also: [], picked: undefined }) }}
    >
      <h2 class="small-title">{say('{entities} selected', { entities: counted(slugs.length, 'entity') })}</h2>
      <ul class="selected">
        {cards.map((card) => (
          <li key={card.slug}>
            <EntityLine entity={card} />{' '}
            <button
              type="button"
              class="small"
              aria-label={say('Remove {title}', { title: nameOf(card) })}
              onClick={() => select([card.slug])}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      <p class="actions">
        {slugs.length <= MOST_COMPARED && (
          <a
            class="button"
            href={addressOf({ ...firstView, page: 'compare', form: { with: slugs.map(escaped).join(',') } })}
          >
            {say('Compare')}
          </a>
        )}
        {slugs.length === 2 && from !== undefined && to !== undefined && (
          <button
            type="button"
            onClick={() =>
              go((now) => changed(withStep(now, { do: 'paths', from, to }), { also: [], picked: undefined, path: 0 }))
            }
          >
            {say('How are these connected?')}
          </button>
        )}
        <button type="button" onClick={() => withEach('open', slugs)}>
          {say('Expand')}
        </button>
        <button type="button" onClick={() => withEach('drop', slugs)}>
          {say('Remove')}
        </button>
      </p>
    </Panel>
  );
}
