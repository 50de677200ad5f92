import { expect, it } from 'vitest';
import { explorer } from '../../../src/cooperation/explorer.ts';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { explorerOf } from '../../../src/pages/views/contents.ts';
import type { ExplorerOption } from '../../../src/pages/views/option.ts';

const dots = { kind: 'Event', date: 'startDate' };

it.each<[string, ExplorerOption, string]>([
  [
    'a pattern that is none',
    { shorter: [{ find: '(', put: '' }] },
    '`shorter[0].find` must be a regular expression; got (',
  ],
  [
    'a brand that the header has no place for',
    { brand: 'x'.repeat(25) },
    '`brand` must be a text of at most 24 characters',
  ],
  [
    'a status that there is not',
    { timeline: { dots: { ...dots, status: { property: 'type', open: ['NOPE'] } } } },
    '`timeline.dots.status.open` must be a value of EventType; got NOPE.',
  ],
])('the option of the explorer is refused with %s', (_, option, words) => {
  expect(() => explorerOf(cooperation, option)).toThrow(`The option \`explorer\`: ${words}`);
});

it('a query of the explorer that spreads a fragment that there is not is left to the check of the graph', () => {
  const questions = [{ title: 'Any', name: 'any', query: '{ ...constructor }' }];
  expect(explorerOf(cooperation, { ...explorer, questions }).settings.queries['question any']).toBe(
    '{ ...constructor }',
  );
});
