import { describe, expect, it } from 'vitest';
import { createTinyServer } from '../tiny-server.ts';

const { server } = createTinyServer();

async function ask(body: object, accept = 'application/graphql-response+json') {
  const response = await server.fetch('http://silkgraph/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

describe('a request', () => {
  it.each<[string, object, string]>([
    [
      'names an operation that its document does not have',
      { query: 'query A { hello } query C { hello }', operationName: 'B' },
      'The document has no operation "B". It has A, C.',
    ],
    [
      'names the only operation, which has no name',
      { query: '{ hello }', operationName: 'B' },
      'The document has no operation "B". Its operation has no name: leave out `operationName`.',
    ],
    [
      'names none of several operations',
      { query: 'query A { hello } query B { hello }' },
      'The document has 2 operations. Name one of them in `operationName`: A, B.',
    ],
    [
      'has an empty name for one of several operations',
      { query: 'query A { hello } query B { hello }', operationName: '' },
      'The document has 2 operations. Name one of them in `operationName`: A, B.',
    ],
    [
      'names none of many operations',
      { query: [1, 2, 3, 4, 5, 6].map((each) => `query A${each} { hello }`).join(' ') },
      'The document has 6 operations. Name one of them in `operationName`: A1, A2, A3, A4, A5, ….',
    ],
    [
      'names an operation by a number',
      { query: 'query A { hello }', operationName: 5 },
      '`operationName` must be a string.',
    ],
    [
      'has no operation',
      { query: 'fragment A on Query { hello }' },
      'The document has no operation. Add one, such as `{ ontology { … } }`.',
    ],
  ])('that %s is refused, and told what to do', async (_, body, message) => {
    expect(await ask(body)).toEqual({
      status: 400,
      body: { errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] },
    });
  });

  it.each([
    { query: '{ hello }', operationName: 'B' },
    { query: 'query A { hello } query B { hello }' },
    { query: 'fragment A on Query { hello }' },
  ])('that is well-formed gets 200 as application/json even so: %j', async (body) => {
    expect(await ask(body, 'application/json')).toMatchObject({
      status: 200,
      body: { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
    });
  });

  it.each([{}, { variables: {} }, { query: null }, { query: '{ hello }', operationName: 5 }])(
    'that is not well-formed gets 400 as application/json, too: %j',
    async (body) => {
      expect(await ask(body, 'application/json')).toMatchObject({
        status: 400,
        body: { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
      });
    },
  );

  it.each([
    { query: '{ hello }' },
    { query: '{ hello }', operationName: null },
    { query: '{ hello }', operationName: '' },
    { query: 'query A { hello }', operationName: '' },
    { query: 'query A { hello }' },
    { query: 'query A { hello } query B { fails }', operationName: 'A' },
  ])('that says which operation it means is answered: %j', async (body) => {
    expect(await ask(body)).toEqual({ status: 200, body: { data: { hello: 'Hello you' } } });
  });
});
