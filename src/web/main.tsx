import { effect } from '@preact/signals';
import { render } from 'preact';
import { loadSettings } from './api/load-settings.ts';
import { singleResource } from './api/resource.ts';
import { App } from './app.tsx';
import { readAddress, view } from './navigation/navigation.ts';
import { Await } from './parts/parts.tsx';
import { theme } from './parts/theme.ts';

const titles = {
  start: 'Silkgraph explorer',
  search: 'Search',
  graph: 'Graph',
  map: 'Map',
  timeline: 'Timeline',
  about: 'About the data',
};

effect(() => {
  const { page, words } = view.value;
  const title = page === 'search' && words ? `Search: ${words}` : titles[page];
  document.title = page === 'start' ? title : `${title} · Silkgraph`;
});

effect(() => {
  document.documentElement.dataset.theme = theme.value;
});

const ready = singleResource(async () => {
  await loadSettings();
  // What an address may contain depends on the graph.
  readAddress();
});

function Explorer() {
  return (
    <Await resource={ready()} what="the explorer">
      {() => <App />}
    </Await>
  );
}

const place = document.getElementById('app');
if (place) render(<Explorer />, place);
