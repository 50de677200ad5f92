import { afterEach, describe, expect, it, vi } from 'vitest';
import { bibliographyOf } from '../../../../src/pages/explorer/api/citations.ts';

const asked = [{ query: '{ labs { totalCount } }' }];

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the sources of an answer', () => {
  it('are once each', async () => {
    vi.stubGlobal('fetch', async () => new Response('@misc{a,\n}\n\n@misc{b,\n}\n'));
    expect(await bibliographyOf([...asked, ...asked])).toBe('@misc{a,\n}\n\n@misc{b,\n}\n');
  });

  it('may be asked for again where a proxy says that the server is away', async () => {
    vi.stubGlobal('fetch', async () => new Response('<html>Bad gateway</html>', { status: 502 }));
    await expect(bibliographyOf(asked)).rejects.toMatchObject({
      message: 'The server responded with status 502 and no readable body.',
      isPassing: true,
    });
  });
});
