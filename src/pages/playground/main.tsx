import { createRoot } from 'react-dom/client';
// GraphiQL imports it later: the page loads it beside GraphiQL.
import 'monaco-graphql/esm/monaco-editor.js';
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import '@graphiql/plugin-explorer/style.css';
import 'graphiql/graphiql.css';
import './style/playground.css';
import './style/result.css';
import { onDevice } from '../shared/page-storage.ts';
import { language } from './language/language.ts';
import { speakLanguage } from './language/speak-language.ts';
import { Playground } from './playground.tsx';
import { loadExamples } from './questions/example.ts';
import { linkedIn } from './questions/link.ts';
import { createStorage } from './storage.ts';
import { provideWorkers } from './workers.ts';

const place = document.getElementById('playground');
if (!place) throw new Error('The page has no place for the playground.');

// A query may be opened by its address while the page is open, which loads nothing if only the fragment differs.
addEventListener('hashchange', () => {
  if (location.hash.startsWith('#query=')) location.reload();
});
provideWorkers();
const [examples] = await Promise.all([loadExamples(language), speakLanguage()]);
const linked = linkedIn(location, examples);
const storage = createStorage(onDevice);
if (linked) storage.open(linked);
createRoot(place).render(<Playground examples={examples} linked={linked} storage={storage} />);
// The faces of the Chinese font come last: what the page needs at once is in the browser's own.
document.head.append(
  Object.assign(document.createElement('link'), { rel: 'stylesheet', href: place.dataset.fonts ?? '' }),
);
