import { describe, expect, it } from 'vitest';
import { createTinyServer } from '../tiny-server.ts';

const { server } = createTinyServer();

async function ask(parameters: string) {
  const response = await server.fetch(`http://silkgraph/graphql?${parameters}`);
  return { status: response.status, ...(await response.json()) };
}

describe('the parameters of a URL', () => {
  it('are at most a hundred', async () => {
    const others = (count: number) => '&a=%22%'.repeat(count);
    expect(await ask(`query={hello}${others(99)}`)).toMatchObject({ status: 200, data: { hello: 'Hello you' } });
    expect(await ask(`query={hello}${others(100)}`)).toMatchObject({
      status: 400,
      errors: [
        {
          message: 'A URL may have up to 100 parameters. Send values in the body of the request.',
          extensions: { code: 'BAD_USER_INPUT' },
        },
      ],
    });
  });

  it.each(['variables', 'extensions'])('have JSON in `%s`', async (name) => {
    expect(await ask(`query={hello}&${name}={`)).toMatchObject({
      status: 400,
      errors: [{ message: expect.stringContaining('must be JSON objects'), extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });
});
