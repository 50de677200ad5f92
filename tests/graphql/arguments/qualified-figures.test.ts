import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { possibleNumbers } from '../../setup/model.ts';
import { recordsOf } from '../../setup/seeds.ts';
import { askingState, heldSeeds } from '../../setup/seeds-in-memory.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const server = silkgraph();
const indicators = recordsOf('Indicator');
const { qualified } = cooperation.propertyOf('Indicator', 'value');
if (!qualified) throw new Error('Figures are qualified.');

const compares = {
  eq: (one: number, other: number) => one === other,
  lt: (one: number, other: number) => one < other,
  lte: (one: number, other: number) => one <= other,
  gt: (one: number, other: number) => one > other,
  gte: (one: number, other: number) => one >= other,
};

const operands = [8.5, 9, 10, 49, 50, 50.5, 51, 70, 79.5, 80, 80.5, 81, 300, 3999, 3999.5, 4000, 4001, 3e9, 3e9 + 1];
const questions = operands.flatMap((operand) =>
  Object.entries(compares).map(([operator, holds], index) => ({
    key: `q${operands.indexOf(operand)}_${index}`,
    filter: `{ value: { ${operator}: ${operand} } }`,
    certain: indicators
      .filter((one) => possibleNumbers(one, 'value', qualified).every((number) => holds(number, operand)))
      .map(({ id }) => id),
  })),
);
const query = (asked: typeof questions) =>
  `{ ${asked.map(({ key, filter }) => `${key}: indicators(first: 100, filter: ${filter}) { totalCount nodes { slug } }`).join(' ')} }`;

const batches = Array.from({ length: 19 }, (_, index) => questions.slice(5 * index, 5 * index + 5));

describe.each([
  ['today', server.data],
  [
    'of an earlier state',
    async (text: string) => {
      const ask = askingState(heldSeeds());
      const { data, errors } = await ask(text.replace('{', 'query @asOf(revision: 1) {'));
      expect(errors).toBeUndefined();
      return data as Record<string, { totalCount: number; nodes: { slug: string }[] }>;
    },
  ],
])('%s', (_, data) => {
  it('a comparison with a figure is met where its qualifier leaves no doubt', async () => {
    for (const batch of batches) {
      const answer = await data(query(batch));
      for (const { key, filter, certain } of batch) {
        expect(answer[key]?.totalCount, filter).toBe(certain.length);
        const found = answer[key]?.nodes.map(({ slug }: { slug: string }) => slug) ?? [];
        if (certain.length <= 100) expect(new Set(found), filter).toEqual(new Set(certain));
      }
    }
  });

  it('takes one of several values as exact, and its opposites as all other figures', async () => {
    const exact = indicators.filter(
      ({ qualifier, value }) => qualifier === 'EXACT' && [10, 50].includes(Number(value)),
    );
    expect(exact.length).toBeGreaterThan(0);
    const answer = await data(`{
      among: indicators(filter: { value: { in: [10, 50] } }) { totalCount }
      others: indicators(filter: { value: { ne: 10 } }) { totalCount }
      notLess: indicators(filter: { not: { value: { lt: 51 } } }) { totalCount }
      less: indicators(filter: { value: { lt: 51 } }) { totalCount }
    }`);
    expect(answer.among?.totalCount).toBe(exact.length);
    expect(answer.others?.totalCount).toBe(indicators.length - exact.filter(({ value }) => value === 10).length);
    expect(Number(answer.notLess?.totalCount) + Number(answer.less?.totalCount)).toBe(indicators.length);
  });
});

it('says so of over 50 laboratories, and of nearly 4,000 projects', async () => {
  const nodes = (filter: string) => `indicators(first: 100, filter: ${filter}) { nodes { value qualifier } }`;
  const { above, below } = await server.data(`{
    above: ${nodes('{ unit: { eq: "laboratories" }, value: { gte: 51 } }')}
    below: ${nodes('{ unit: { eq: "projects" }, value: { lte: 3999 } }')}
  }`);
  expect(above.nodes).toContainEqual({ value: 50, qualifier: 'OVER' });
  expect(below.nodes).toContainEqual({ value: 4000, qualifier: 'NEARLY' });
});
