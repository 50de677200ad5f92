import type { PublishedTotal, PublishedTotals } from '../ontology/vocabulary.ts';

const designated = { designation: { eq: 'BELT_AND_ROAD_JOINT_LABORATORY' } };

/** The size of a batch, as institutes of the batch state it. */
const batch = (number: number, figure: string, named: string): PublishedTotal => ({
  figure,
  kind: 'Lab',
  filter: { ...designated, batch: { eq: number } },
  counted: `Laboratories of the ${named}. Designated laboratories whose batch is not known are not counted.`,
});

/** The totals of the press report of September 2025, and of batches, whose entities the graph records individually. */
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
    batch(1, 'joint-lab-batch-1-2019-06', 'first batch (2019)'),
    batch(2, 'joint-lab-batch-2-2020-09', 'second batch (2020)'),
    batch(3, 'joint-lab-batch-3-2021-08', 'third batch (2021)'),
  ],
};
