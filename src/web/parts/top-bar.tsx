import { type PageName, shownPages } from '../navigation/address.ts';
import { addressWith, change, changed, go, view } from '../navigation/navigation.ts';
import { withStep } from '../navigation/steps.ts';
import { settings } from '../settings/known.ts';
import { EntityPicker } from './entity-picker.tsx';
import { chooseTheme, theme, themes } from './theme.ts';

const pages: readonly (readonly [PageName, string])[] = [
  ['start', 'Start'],
  ['graph', 'Graph'],
  ['map', 'Map'],
  ['timeline', 'Timeline'],
  ['about', 'About the data'],
];

/** Adds an entity and its neighbours to the graph, and opens its details. */
export const openEntity = (slug: string): void =>
  go((now) => changed(withStep(now, { do: 'open', slug }), { picked: slug, as: 'picture', connect: undefined }));

function ThemeSwitch() {
  return (
    <label class="theme">
      <span class="visually-hidden">Theme</span>
      <select
        value={theme.value}
        onChange={(event) => chooseTheme(themes.find((name) => name === event.currentTarget.value) ?? 'system')}
      >
        <option value="system">Auto</option>
        <option value="light">Light</option>
        <option value="dark">Dark</option>
      </select>
    </label>
  );
}

/** The header of every page: search box, navigation and theme. */
export function TopBar() {
  const { page, words } = view.value;
  const { search, hasChinese } = settings();
  return (
    <header class="top-bar">
      <a class="brand" href={addressWith({ page: 'start', picked: undefined, relation: undefined })}>
        <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
          <path d="M6 24C14 24 12 16 16 16S18 8 26 8" />
          <circle cx="6" cy="24" r="4" />
          <circle cx="16" cy="16" r="4" />
          <circle cx="26" cy="8" r="4" />
        </svg>
        Silkgraph
      </a>
      <search class="search">
        <EntityPicker
          label={`Search for ${search}${hasChinese ? ', in English or Chinese' : ''}`}
          placeholder={hasChinese ? 'Search in English or Chinese' : 'Search'}
          initial={page === 'search' ? words : ''}
          onPick={({ slug }) => openEntity(slug)}
          onWords={(found) => change({ page: 'search', words: found, picked: undefined })}
        />
      </search>
      <nav aria-label="Pages">
        {pages
          .filter(([name]) => shownPages().includes(name))
          .map(([name, title]) => (
            <a
              key={name}
              href={addressWith({ page: name, picked: undefined, relation: undefined })}
              aria-current={page === name ? 'page' : undefined}
            >
              {title}
            </a>
          ))}
      </nav>
      <ThemeSwitch />
    </header>
  );
}
