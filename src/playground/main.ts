import { say, tell } from '../drawing/say.ts';
import { inTab, onDevice } from '../explorer/pages/page-storage.ts';
import { openFirstEditor } from './first/first-editor.ts';
import { loadParts, loadSheet } from './first/load-parts.ts';
import { language } from './language/language.ts';
import { loadExamples } from './questions/example.ts';
import { isHarmless } from './questions/is-harmless.ts';
import { createKeeping } from './questions/keeping.ts';
import { linkedIn } from './questions/link.ts';
import { keptHeaders } from './requests/kept-headers.ts';

const keeping = createKeeping(onDevice, inTab);
const kept = (name: string) => keeping.storage.getItem(`graphiql:${name}`);

function applyTheme(): void {
  const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset.theme = kept('theme') ?? (isDark ? 'dark' : 'light');
}

/** Loads the texts of the page, where they are not English. */
async function loadTexts(): Promise<void> {
  document.documentElement.lang = language;
  if (language === 'en') return;
  tell((await import('./language/chinese.ts')).messages);
  document.title = say('Silkgraph playground');
}

function elementOf(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no element ${id}.`);
  return element;
}

applyTheme();
const [examples] = await Promise.all([loadExamples(language), loadTexts()]);
const linked = linkedIn(location, examples);
// A query may be opened by its address while the page is open, which loads nothing if only the fragment differs.
addEventListener('hashchange', () => {
  if (location.hash.startsWith('#query=')) location.reload();
});
const given = linked ?? {
  query: kept('query') ?? examples[0]?.query ?? '',
  variables: kept('variables') ?? '',
};
const runs = linked !== undefined && isHarmless(linked.query);
const first = openFirstEditor(elementOf('first'), given, keptHeaders(keeping), runs);

const place = elementOf('playground');
// Elsewhere, names alone are Chinese: their font comes last.
if (language !== 'en') loadSheet(place.dataset.fonts ?? '');
await loadParts(place.dataset);
// The scripts keep the page busy when they start.
await first.quiet();
try {
  const { openPlayground } = await import('./open-playground.tsx');
  await openPlayground({ place, first, keeping, examples, linked });
} catch (error) {
  first.stay();
  throw error;
}
