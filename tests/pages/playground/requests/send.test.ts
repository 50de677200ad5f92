import { afterEach, describe, expect, it, vi } from 'vitest';
import { send } from '../../../../src/pages/playground/requests/send.ts';

afterEach(() => vi.unstubAllGlobals());

const question = { query: '{ labs { totalCount } }' };

describe('a request of the playground that fails', () => {
  it('says that headers cannot be sent, instead of that the server cannot be reached', async () => {
    const fetched = vi.fn();
    vi.stubGlobal('fetch', fetched);
    await expect(send(question, { authorization: 'Bearer …' })).rejects.toThrow('The headers cannot be sent');
    expect(fetched).not.toHaveBeenCalled();
  });

  it('says that the server cannot be reached where the connection is lost within the answer', async () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new TypeError('network error')) });
    vi.stubGlobal('fetch', async () => new Response(body));
    await expect(send(question, {})).rejects.toThrow('The server cannot be reached');
  });
});
