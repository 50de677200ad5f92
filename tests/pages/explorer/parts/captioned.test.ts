import { afterAll, beforeAll, expect, it, vi } from 'vitest';

const { TZ } = process.env;

beforeAll(() => {
  process.env.TZ = 'Asia/Shanghai';
  vi.useFakeTimers({ now: new Date('2026-01-30T20:00:00Z') });
  vi.stubGlobal('location', new URL('http://127.0.0.1/explore#/map'));
  vi.stubGlobal('navigator', { languages: ['en'] });
  vi.stubGlobal('matchMedia', () => new EventTarget());
});
afterAll(() => {
  if (TZ === undefined) delete process.env.TZ;
  else process.env.TZ = TZ;
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('a picture has the date of the day where it is made', async () => {
  const { captioned } = await import('../../../../src/pages/explorer/parts/captioned.ts');
  const { content } = captioned({ content: '', width: 600, height: 400 }, { title: 'Map' });
  expect(content).toContain('31 Jan 2026<');
});

it('a picture says below what it counts and what is missing, each in a line of its own', async () => {
  const { captioned } = await import('../../../../src/pages/explorer/parts/captioned.ts');
  const drawn = { content: '', width: 600, height: 400 };
  const plain = captioned(drawn, { title: 'Map' });
  const noted = captioned(drawn, { title: 'Map', notes: ['5 of 14 known.', 'Not recorded: 3'] });
  expect(noted.content).toMatch(/>5 of 14 known\.<.*>Not recorded: 3<.*>Source: /s);
  expect(noted.height).toBeGreaterThan(plain.height);
});
