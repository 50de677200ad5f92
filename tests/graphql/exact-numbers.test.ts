import { describe, expect, it } from 'vitest';
import { createServer } from '../../src/service/server.ts';
import { served } from '../setup/served.ts';

/** A server without a graph: what it is asked reads none. */
const server = createServer({ ...served, context: () => ({}) });

const send = async (query: string, variables = '{}') => {
  const body = `{"query":${JSON.stringify(query)},"variables":${variables}}`;
  const headers = { 'content-type': 'application/json' };
  const request = new Request('http://silkgraph/graphql', { method: 'POST', headers, body });
  return (await server.fetch(request)).json();
};

const create = (value: string) =>
  `mutation ($input: UpdateInput! = { entity: { indicator: { id: "i", value: ${value} } } }) { update(input: $input) { __typename } }`;
const find = (condition: string) =>
  `query ${condition === '$value' ? '($value: Float!)' : ''} { indicators(filter: { value: { gt: ${condition} } }, first: 1) @skip(if: true) { totalCount } __typename }`;

const refused = (number: string) => ({
  errors: [
    {
      message: expect.stringMatching(
        new RegExp(`${number}.*a number must have no more digits than a 64-bit float keeps`),
      ),
      extensions: { code: 'BAD_USER_INPUT' },
    },
  ],
});

describe('a Float whose digits a 64-bit float does not keep', () => {
  it.each(['9007199254740993', '0.1234567890123456789'])('is refused as a literal: %s', async (number) => {
    expect(await send(create(number))).toMatchObject(refused(number));
    expect(await send(find(number))).toMatchObject(refused(number));
  });

  it.each(['9007199254740993', '0.1234567890123456789'])('is refused as a variable: %s', async (number) => {
    expect(await send(find('$value'), `{"value":${number}}`)).toMatchObject(refused(number));
    expect(
      await send(
        'query ($filter: IndicatorFilter) { indicators(filter: $filter) @skip(if: true) { totalCount } __typename }',
        `{"filter":{"value":{"in":[1,${number}]}}}`,
      ),
    ).toMatchObject({
      errors: expect.arrayContaining([
        expect.objectContaining({
          message: expect.stringMatching(
            new RegExp(`${number}.* at "filter.value.in.1."; a number must have no more digits`),
          ),
        }),
      ]),
    });
    const address = `http://silkgraph/graphql?query=${encodeURIComponent(find('$value'))}&variables={"value":${number}}`;
    expect(await (await server.fetch(new Request(address))).json()).toMatchObject(refused(number));
  });

  it('is accepted as other programs write numbers', async () => {
    for (const number of ['0.30000000000000004', '9007199254740992', '1e22'])
      expect(await send(find('$value'), `{"value":${number}}`)).toEqual({ data: { __typename: 'Query' } });
    expect(await send(find('0.30000000000000004'))).toEqual({ data: { __typename: 'Query' } });
  });

  it('is the exact text of an ID', async () => {
    const query = 'query ($id: ID!) { node(id: $id) @skip(if: true) { id } __typename }';
    expect(await send(query, '{"id":9007199254740993}')).toEqual({ data: { __typename: 'Query' } });
  });
});
