import { effect } from '@preact/signals';
import { render } from 'preact';
import { loadSettings } from './api/load-settings.ts';
import { singleResource } from './api/resource.ts';
import { App } from './app.tsx';
import { addressOf, firstView } from './navigation/address.ts';
import { readLocation } from './navigation/navigation.ts';
import { provideChineseFont } from './parts/chinese-font.ts';
import { Await } from './parts/parts.tsx';
import { theme } from './parts/theme.ts';
import { say } from './settings/say.tsx';

effect(() => {
  document.documentElement.dataset.theme = theme.value;
});

const place = document.getElementById('app');
const font = provideChineseFont();

// The search of pages without scripts.
const query = new URLSearchParams(location.search);
const words = query.get('q');
if (words !== null && location.hash === '') {
  query.delete('q');
  const search = addressOf({ ...firstView, page: 'search', words });
  history.replaceState(null, '', `${location.pathname}?${query}${search}`);
}

const ready = singleResource(async () => {
  await Promise.all([loadSettings(), font]);
  // What an address may contain depends on the graph.
  readLocation();
});

function Explorer() {
  return (
    <Await resource={ready()} what={say('the explorer')}>
      {() => <App />}
    </Await>
  );
}

if (place) render(<Explorer />, place);
