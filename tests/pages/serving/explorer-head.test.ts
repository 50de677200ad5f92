import { expect, it } from 'vitest';
import { explorerPreview, withPreviewHead } from '../../../src/pages/serving/explorer-head.ts';

const shown = { brand: 'Plants & bees', title: 'Who visits whom', language: 'en' } as const;

it('the titles of the explorer and of its previews name the graph by its brand', () => {
  const page = withPreviewHead('<title>Silkgraph</title>', { ...shown, base: 'https://a.example' }, false);
  expect(page).toContain('<title>Who visits whom · Plants &amp; bees</title>');
  expect(page).toContain('<meta property="og:site_name" content="Plants &amp; bees">');
  expect(page).not.toContain('Silkgraph');
  expect(explorerPreview(shown, 'a.example').kind).toBe('Plants & bees');
});
