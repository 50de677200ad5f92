import { useEffect, useRef } from 'preact/hooks';
import { isLanguage } from '../../views/languages.ts';
import { focusFirst } from '../keyboard/pass-focus.ts';
import { useConfirmed } from '../keyboard/use-confirmed.ts';
import { firstView, isAnalysis, type PageName, shownPages } from '../navigation/address.ts';
import { addressOfPage, changed, go, graphOf, view } from '../navigation/navigation.ts';
import { withStep } from '../navigation/steps.ts';
import { settings } from '../settings/known.ts';
import { chooseLanguage, language, languageNames, wasLanguageChosen } from '../settings/language.ts';
import { say } from '../settings/say.tsx';
import { EntityPicker } from './entity-picker.tsx';
import { chooseTheme, theme, themes } from './theme.ts';

/** Titles of the pages in the header, as functions: the language is known only later. */
const titles: readonly (readonly [PageName, () => string])[] = [
  ['list', () => say('Lists')],
  ['graph', () => say('Graph')],
  ['map', () => say('Map')],
  ['timeline', () => say('Timeline')],
  ['ask', () => say('Ask')],
  ['about', () => say('About the data')],
];

/** Adds an entity and its neighbours to the graph, and opens its details. */
export const openEntity = (slug: string): void =>
  go((now) =>
    changed(withStep(graphOf(now), { do: 'open', slug }), { picked: slug, as: 'picture', connect: undefined }),
  );

function ThemeSwitch() {
  return (
    <label class="theme">
      <span class="visually-hidden">{say('Theme')}</span>
      <select
        value={theme.value}
        onChange={(event) => chooseTheme(themes.find((name) => name === event.currentTarget.value) ?? 'system')}
      >
        <option value="system">{say('Auto')}</option>
        <option value="light">{say('Light')}</option>
        <option value="dark">{say('Dark')}</option>
      </select>
    </label>
  );
}

function LanguageSwitch() {
  const choice = useConfirmed(language, (value) => {
    if (isLanguage(value)) chooseLanguage(value);
  });
  return (
    <label class="theme language">
      <span class="visually-hidden">{say('Language')}</span>
      <select {...choice}>
        {Object.entries(languageNames).map(([tag, name]) => (
          <option key={tag} value={tag} lang={tag}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Links to the pages, and what is chosen for all of them. */
function Pages() {
  const { page } = view.value;
  return (
    <>
      <nav aria-label={say('Pages')}>
        {titles
          .filter(([name]) => shownPages().includes(name))
          .map(([name, title]) => (
            <a
              key={name}
              href={addressOfPage(name)}
              aria-current={page === name || (name === 'ask' && isAnalysis(page)) ? 'page' : undefined}
            >
              {title()}
            </a>
          ))}
      </nav>
      <LanguageSwitch />
      <ThemeSwitch />
    </>
  );
}

/** The header of every page: search box, navigation, language and theme. On small screens all but the box is in a menu. */
export function TopBar() {
  const { page, words } = view.value;
  const { brand, search, hasChinese } = settings();
  const header = useRef<HTMLElement>(null);
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    // The choice of the language, or on a phone the menu in which it is.
    const places = header.current?.querySelectorAll<HTMLElement>('.language select, .top-menu > summary');
    if (wasLanguageChosen() && document.activeElement === document.body) focusFirst(places ?? []);
  }, []);
  useEffect(() => menu.current?.removeAttribute('open'), [page]);
  return (
    <header ref={header} class="top-bar">
      <a class="brand" href={addressOfPage('start')}>
        <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
          <path d="M6 24C14 24 12 16 16 16S18 8 26 8" />
          <circle cx="6" cy="24" r="4" />
          <circle cx="16" cy="16" r="4" />
          <circle cx="26" cy="8" r="4" />
        </svg>
        <span class="brand-name">{brand}</span>
      </a>
      <search class="search">
        <EntityPicker
          label={say(hasChinese ? 'Search for {what}, in English or Chinese' : 'Search for {what}', { what: search })}
          placeholder={say(hasChinese ? 'Search in English or Chinese' : 'Search')}
          isRecalling
          initial={page === 'search' ? words : ''}
          onPick={({ slug }) => openEntity(slug)}
          onWords={(found) => go({ ...firstView, page: 'search', words: found })}
        />
      </search>
      <div class="top-pages">
        <Pages />
      </div>
      <details ref={menu} class="menu top-menu">
        <summary aria-label={say('Menu')} />
        <div class="top-menu-panel">
          <Pages />
        </div>
      </details>
    </header>
  );
}
