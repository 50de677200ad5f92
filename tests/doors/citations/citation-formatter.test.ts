import { expect, it } from 'vitest';
import { cslItem, formatCitation } from '../../../src/doors/citations/citation-formatter.ts';

it('writes what LaTeX would not take as text with its commands, and addresses as they are', () => {
  const source = {
    ...{ slug: 'a-b', name: 'A 100% true_ $x$ \\o/ {y} ~ ^ #1 & 中', publisher: 'Atlas & Sons', type: null },
    ...{ date: '2024-05', url: 'https://example.org/a_b%20c?x=1&y=2', language: 'en' },
  };
  const entry = String(formatCitation(cslItem(source as never), 'bibtex'));
  expect(entry).toContain(
    'title = {A 100\\% true\\_ \\$x\\$ \\textbackslash{}o/ \\{y\\} \\textasciitilde{} \\textasciicircum{} \\#1 \\& 中},',
  );
  expect(entry).toContain('publisher = {Atlas \\& Sons},');
  expect(entry).toContain('url = {https://example.org/a_b%20c?x=1&y=2},');
});
