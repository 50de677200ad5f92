import { nearest, passFocus } from '../keyboard/pass-focus.ts';
import { addressOf } from '../navigation/address.ts';
import { view } from '../navigation/navigation.ts';
import { settings } from '../settings/known.ts';
import { isEmbedded } from '../settings/language.ts';
import { say } from '../settings/say.tsx';
import { deviceList } from './device-list.ts';

/** A view that the user saved. */
interface SavedView {
  /** Address of the view, from `#`. */
  readonly address: string;
  readonly title: string;
}

const isSavedView = (value: unknown): value is SavedView => {
  const { address, title } = (value ?? {}) as Partial<Record<string, unknown>>;
  return typeof address === 'string' && address.startsWith('#/') && typeof title === 'string';
};

const savedViews = deviceList<SavedView>({
  ...{ key: 'silkgraph-views', most: 50 },
  nameOf: ({ address }) => address,
  isItem: isSavedView,
});

/** Saves the view on this device, or removes it. */
export function SaveButton() {
  const address = addressOf(view.value);
  const saved = savedViews.items.value.find((each) => each.address === address);
  if (isEmbedded) return null;
  return (
    <button
      type="button"
      class="share-button"
      aria-pressed={saved !== undefined}
      title={say('Saved views are listed on the start page of this device.')}
      onClick={() =>
        saved
          ? savedViews.remove(saved)
          : savedViews.add({ address, title: document.title.replace(` · ${settings().brand}`, '') })
      }
    >
      {saved ? say('Saved') : say('Save')}
    </button>
  );
}

/** The views that are saved on this device. Renders nothing without any. */
export function SavedViews() {
  const views = savedViews.items.value;
  if (views.length === 0) return null;
  function remove(saved: SavedView) {
    const index = views.indexOf(saved);
    passFocus(() => nearest(document.querySelectorAll<HTMLElement>('.saved-views button'), index));
    savedViews.remove(saved);
  }
  return (
    <section aria-labelledby="saved-title">
      <h2 id="saved-title">
        {savedViews.isPassing() ? say('Saved until this page is closed') : say('Saved on this device')}
      </h2>
      <ul class="saved-views">
        {views.map((each) => (
          <li key={each.address}>
            <a href={each.address}>{each.title}</a>
            <button
              type="button"
              class="small"
              aria-label={say('Remove {title}', { title: each.title })}
              onClick={() => remove(each)}
            >
              {say('Remove')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
