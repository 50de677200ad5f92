import { brotliDecompressSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { type AnswerServer, answerServers, asReader, renameInstitution } from './answer-servers.ts';

const servers = answerServers();
let server: AnswerServer;
let open: AnswerServer;
beforeAll(async () => {
  server = await servers.start();
  open = await servers.start({ maxAge: 60 });
});

const institution = '{ institution(slug: "university") { name } }';
const names = Array.from({ length: 40 }, (_, index) => `aLongNameForTheSameNameWithTheNumber${index}: name`);
const large = `{ lab(slug: "lab-one") { ${names.join(' ')} } }`;

describe('an answer to GET', () => {
  it('has a strong ETag, by which it is known without being executed until something of it changes', async () => {
    const first = await server.get(institution);
    const tag = String(first.response.headers.get('etag'));
    expect(tag).toMatch(/^"[\w-]{22}-j"$/);
    server.ran.length = 0;
    for (const known of [tag, `"other", ${tag}`, `W/${tag}`, '*']) {
      const again = await server.get(institution, { headers: { 'if-none-match': known } });
      expect(again.response.status).toBe(304);
      expect(again.text).toBe('');
      expect(again.response.headers.get('etag')).toBe(tag);
      expect(again.response.headers.has('content-type')).toBe(false);
      // A cache takes over the headers of a 304.
      expect(again.response.headers.get('vary')?.split(',').sort()).toEqual(
        first.response.headers.get('vary')?.split(',').sort(),
      );
    }
    expect(server.ran).toEqual([]);
    await renameInstitution(server, 'With another tag');
    const changed = await server.get(institution, { headers: { 'if-none-match': tag } });
    expect(changed.response.status).toBe(200);
    expect(changed.response.headers.get('etag')).not.toBe(tag);
  });

  it('has the same ETag on every server, and where it is executed again', async () => {
    const tags = new Set<string | null>();
    for (const one of [server, open, await servers.start()]) {
      const headers = { 'cache-control': 'no-cache' };
      for (const more of [{}, {}, { headers }])
        tags.add((await one.get('{ lab(slug: "lab-one") { name } }', more)).response.headers.get('etag'));
    }
    expect(tags.size).toBe(1);
    const [tag] = tags;
    const unknown = await (await servers.start()).get('{ lab(slug: "lab-one") { name } }', {
      headers: { 'if-none-match': String(tag) },
    });
    expect(unknown).toMatchObject({ cache: 'MISS', text: '' });
    expect(unknown.response.status).toBe(304);
  });

  it('has another ETag in another encoding and media type', async () => {
    const tags = new Set<string | null>();
    for (const accept of ['application/json', 'application/graphql-response+json']) {
      for (const encoding of ['identity', 'gzip', 'br']) {
        const url = `http://silkgraph/graphql?query=${encodeURIComponent(large)}`;
        const response = await server.fetch(new Request(url, { headers: { accept, 'accept-encoding': encoding } }));
        await response.arrayBuffer();
        expect(response.headers.get('content-encoding')).toBe(encoding === 'identity' ? null : encoding);
        tags.add(response.headers.get('etag'));
      }
    }
    expect(tags.size).toBe(6);
  });

  it('is not current for a client by an encoding that it does not accept', async () => {
    const url = `http://silkgraph/graphql?query=${encodeURIComponent(large)}`;
    const get = async (headers: Record<string, string>) => {
      const response = await server.fetch(new Request(url, { headers: { accept: 'application/json', ...headers } }));
      await response.arrayBuffer();
      return response;
    };
    const statuses: number[] = [];
    for (const anew of [{}, { 'cache-control': 'no-cache' }]) {
      const tag = String((await get({ 'accept-encoding': 'gzip' })).headers.get('etag'));
      for (const encoding of ['br, gzip', 'br', 'identity']) {
        const again = await get({ ...anew, 'accept-encoding': encoding, 'if-none-match': tag });
        statuses.push(again.status);
      }
    }
    expect(statuses).toEqual([304, 200, 200, 304, 200, 200]);
  });

  it('is compressed once, however often it is sent', async () => {
    const url = `http://silkgraph/graphql?query=${encodeURIComponent(large)}`;
    const headers = { accept: 'application/json', 'accept-encoding': 'br' };
    const get = async () => {
      const response = await server.fetch(new Request(url, { headers }));
      return { cache: response.headers.get('silkgraph-cache'), body: Buffer.from(await response.arrayBuffer()) };
    };
    await get();
    const [one, two] = [await get(), await get()];
    expect([one.cache, two.cache]).toEqual(['HIT', 'HIT']);
    expect(two.body.equals(one.body)).toBe(true);
    expect(JSON.parse(brotliDecompressSync(two.body).toString()).data.lab.aLongNameForTheSameNameWithTheNumber7).toBe(
      'One',
    );
  });

  it('has to be asked for each time unless shared caches may keep it', async () => {
    for (const asked of [await server.get(institution), await server.get(institution)]) {
      expect(asked.response.headers.get('cache-control')).toBe('no-cache');
      expect(asked.response.headers.get('age')).toBe('0');
    }
  });

  it('may be kept by shared caches for SILKGRAPH_MAX_AGE seconds, if everybody may read it', async () => {
    for (const asked of [await open.get(institution), await open.get(institution)]) {
      expect(asked.response.headers.get('cache-control')).toBe('public, max-age=60');
      // nginx stores nothing with more than 128 bytes of it; with CORS, `origin` is another name.
      expect(`origin,${asked.response.headers.get('vary')}`.length).toBeLessThanOrEqual(128);
      expect(asked.response.headers.get('vary')?.split(/, */)).toEqual(
        expect.arrayContaining([
          'accept',
          'accept-encoding',
          'authorization',
          'x-api-key',
          'silkgraph-bookmark',
          'silkgraph-explain',
          'silkgraph-cost',
        ]),
      );
    }
    for (const asked of [
      await open.get(institution, { headers: asReader }),
      await open.get(institution, { headers: asReader }),
    ]) {
      expect(asked.response.headers.get('cache-control')).toBe('no-store');
      expect(asked.response.headers.has('etag')).toBe(false);
    }
  });

  it('is kept by no shared cache where only readers may see it', async () => {
    const closed = await servers.start({
      maxAge: 60,
      access: { authenticator: { authenticate: async () => ({ name: 'x', role: 'reader' }) }, reading: 'closed' },
    });
    for (let time = 0; time < 2; time += 1) {
      const asked = await closed.get(institution, { headers: asReader });
      expect(asked.response.headers.get('cache-control')).toBe('no-store');
    }
    const refused = await closed.get(institution);
    expect(String(refused.response.headers.get('cache-control'))).not.toContain('public');
  });

  it('is not kept by shared caches if it is an error, or an answer to what could not be known', async () => {
    const failed = await open.get('{ labs(first: -1) { totalCount } }');
    expect(String(failed.response.headers.get('cache-control'))).not.toContain('public');
    const anew = await open.get(institution, { headers: { 'cache-control': 'no-cache' } });
    expect(anew.response.headers.get('cache-control')).toBe('no-cache');
  });

  it('may be asked for by POST without any of this', async () => {
    const tag = String((await server.get(institution)).response.headers.get('etag'));
    const posted = await server.ask(institution, { headers: { 'if-none-match': tag } });
    expect(posted.response.status).toBe(200);
    expect(posted.response.headers.has('etag')).toBe(false);
    expect(posted.response.headers.has('cache-control')).toBe(false);
  });
});
