import { effect } from '@preact/signals';
import { render } from 'preact';
import { App } from './app.tsx';
import { view } from './navigation/navigation.ts';
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

const place = document.getElementById('app');
if (place) render(<App />, place);
