import { expect, it } from 'vitest';
import { languageOfGraph } from '../../../../src/pages/drawing/words.ts';
import { know, settings } from '../../../../src/pages/explorer/settings/known.ts';
import '../cooperation-settings.ts';

it('takes the language of the graph from its settings', () => {
  const english = settings();
  expect(languageOfGraph()).toBe('en');
  know({ ...english, graphLanguage: 'fr' });
  expect(languageOfGraph()).toBe('fr');
  know(english);
});
