import type { PublishedTotals } from '../ontology/vocabulary.ts';

const designated = { designation: { eq: 'BELT_AND_ROAD_JOINT_LABORATORY' } };

/** The totals of the press report of September 2025 whose entities the graph records individually. */
export const publishedTotals: PublishedTotals = {
  figures: { kind: 'Indicator', value: 'value', qualifier: 'qualifier' },
  totals: [
    {
      figure: 'joint-labs-2025-09-18',
      kind: 'Lab',
      filter: designated,
      counted:
        'Officially designated Belt and Road Joint Laboratories. Other laboratories, recorded as context, are not counted.',
    },
    {
      figure: 'joint-lab-countries-2025-09-18',
      kind: 'Country',
      filter: { labs: { some: designated } },
      counted: 'Partner countries of the officially designated laboratories.',
    },
    {
      figure: 'tech-transfer-platforms-2025-09-18',
      kind: 'Platform',
      filter: { level: { eq: 'NATIONAL' } },
      counted:
        'Platforms set up at national level. No list of the official platforms was found, so these may be different ones.',
    },
  ],
};
