import { describe, expect, it } from 'vitest';
import { linkedServer } from './linked-server.ts';

const { server } = linkedServer({ context: () => ({}) });
const { server: whole } = linkedServer();

const browser = 'text/html,application/xhtml+xml,*/*;q=0.8';

describe('a browser that opens an entity', () => {
  it('is given a page that opens the entity again while the graph is not available', async () => {
    const response = await server.get('/entity/ke?lang=en', browser);
    expect(response.status).toBe(503);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(Number(response.headers.get('refresh'))).toBeGreaterThanOrEqual(3);
    expect(response.headers.get('content-security-policy')).toContain("script-src 'sha256-");
    const text = await response.text();
    expect(text).toContain('<h1>This page is not available at the moment</h1>');
    expect(text).toContain('It is opened again in 3 seconds.');
    expect(text).toContain(`href="${server.origin}/entity/ke?lang=en"`);
    expect(text).toContain('The graph is not available at the moment.');
    expect(await (await server.get('/entity/ke?lang=zh-Hans', browser)).text()).toContain(
      '<h1>此页面暂时无法显示</h1>',
    );
  });

  it('is given a page that stays, with a way on, if trying again does not help', async () => {
    const response = await whole.get('/entity/ke?page=0&lang="><b>', browser);
    expect(response.status).toBe(400);
    expect(response.headers.get('refresh')).toBeNull();
    const text = await response.text();
    expect(text).toContain('<h1>This page cannot be shown</h1>');
    expect(text).toContain(`href="${whole.origin}/explore?lang=en"`);
    expect(text).toContain(`href="${whole.origin}/entity/ke?lang=en"`);
    expect(text).not.toContain('<b>');
  });

  it('is told in its language that there is no such entity', async () => {
    const response = await whole.get('/entity/kenja?lang=zh-Hans', browser);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('<h1>没有此实体</h1>');
  });

  it('sees its letters as people write them, and may search for these', async () => {
    const text = await (await whole.get('/entity/肯尼亚?lang=en', browser)).text();
    expect(text).toContain('<code>肯尼亚</code>');
    expect(text).toContain(`#/search?q=${encodeURIComponent('肯尼亚')}"`);
  });

  it('differs from a program, which is given the error as data', async () => {
    const response = await server.get('/entity/ke', 'text/turtle');
    expect(response.status).toBe(503);
    expect(response.headers.get('refresh')).toBeNull();
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'DATABASE_UNAVAILABLE' } }] });
  });
});
