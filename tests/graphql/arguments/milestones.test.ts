import { describe, expect, it } from 'vitest';
import type { Milestone } from '../../../src/index.ts';
import { byName, recordsOf, type SeedRecord } from '../../setup/seeds.ts';
import { askingState, heldSeeds } from '../../setup/seeds-in-memory.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const server = silkgraph();
const stepsOf = ({ milestones }: SeedRecord) => (milestones ?? []) as readonly Milestone[];
const labsWith = (fits: (step: Milestone) => boolean) =>
  recordsOf('Lab')
    .filter((lab) => stepsOf(lab).some(fits))
    .sort(byName)
    .map(({ id }) => id);

const unveiledIn2024 = labsWith(({ date, text }) => date?.startsWith('2024') === true && /unveil/i.test(text));
const openedIn2024 = labsWith(({ date, type }) => date?.startsWith('2024') === true && type === 'OPENED');
const undated = labsWith(({ date }) => date === undefined);
const none = recordsOf('Lab').filter((lab) => stepsOf(lab).length === 0);
const before2015 = recordsOf('Platform').filter((one) => stepsOf(one).some(({ date }) => date && date < '2015'));

const slugs = (filter: string) => `labs(first: 100, filter: { milestones: ${filter} }) { nodes { slug } }`;
const query = `{
  unveiled: ${slugs('{ some: { date: { eq: "2024" }, text: { contains: "UNVEIL" } } }')}
  opened: ${slugs('{ some: { date: { eq: "2024" }, type: { eq: OPENED } } }')}
  undated: ${slugs('{ some: { date: { exists: false } } }')}
  without: labs(filter: { milestones: { isEmpty: true } }) { totalCount }
  notOf2024: labs(filter: { milestones: { none: { date: { gte: "2024-01-01", lt: "2025" } } } }) { totalCount }
  platforms(filter: { milestones: { some: { date: { lt: "2015" } } } }) { totalCount }
}`;

describe.each([
  ['today', (text: string) => server.ask(text)],
  [
    'as of an earlier revision',
    (text: string) => askingState(heldSeeds())(text.replace('{', 'query @asOf(revision: 1) {')),
  ],
])('%s', (_, ask) => {
  it('entities are found by the date and the text of one of their milestones', async () => {
    const { data, errors } = await ask(query);
    expect(errors).toBeUndefined();
    expect(unveiledIn2024.length).toBeGreaterThan(2);
    expect(openedIn2024.length).toBeGreaterThan(5);
    expect(undated.length).toBeGreaterThan(0);
    const nodes = (list: readonly string[]) => ({ nodes: list.map((slug) => ({ slug })) });
    expect(data).toEqual({
      unveiled: nodes(unveiledIn2024),
      opened: nodes(openedIn2024),
      undated: nodes(undated),
      without: { totalCount: none.length },
      notOf2024: {
        totalCount: recordsOf('Lab').length - labsWith(({ date }) => date?.startsWith('2024') === true).length,
      },
      platforms: { totalCount: before2015.length },
    });
  });
});
