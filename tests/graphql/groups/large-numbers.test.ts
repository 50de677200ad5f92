import { expect, it } from 'vitest';
import { ownSilkgraph } from '../../setup/own-silkgraph.ts';

const { server, mutate } = ownSilkgraph();

it('refuses a sum that is too large for a Float, and says what to do', async () => {
  for (const slug of ['one', 'two']) {
    const figure = {
      name: slug,
      value: 1.7e308,
      unit: 'tea',
      qualifier: 'EXACT',
      date: '2024',
      series: 'tea',
      type: 'ACTUAL',
    };
    expect(await mutate('createIndicator', { slug, ...figure, sources: ['source-a'] })).toMatchObject({ errors: [] });
  }
  const { data, errors } = await server.ask(
    '{ indicatorsGroupBy(by: [TYPE]) { nodes { max(of: VALUE) sum(of: VALUE) } } }',
  );
  expect(errors?.map(({ message, extensions }) => ({ message, code: extensions?.code }))).toEqual([
    {
      message: '`sum` of VALUE is too large for a Float. Compute it of fewer or of smaller numbers.',
      code: 'BAD_USER_INPUT',
    },
  ]);
  expect(data).toEqual({ indicatorsGroupBy: null });
});
