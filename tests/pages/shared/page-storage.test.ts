import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { onDevice } from '../../../src/pages/shared/page-storage.ts';

/** A browser's storage with room for a number of texts. */
function storageOf(room: number): Storage {
  const texts: Record<string, string> = {};
  const methods = {
    getItem: (name: string) => texts[name] ?? null,
    setItem(name: string, text: string) {
      if (!(name in texts) && Object.keys(texts).length >= room) throw new DOMException('Full.', 'QuotaExceededError');
      texts[name] = text;
    },
    removeItem: (name: string) => delete texts[name],
  };
  return new Proxy(texts, { get: (_, name) => Reflect.get(methods, name) }) as unknown as Storage;
}

const names = () => Array.from({ length: onDevice.length }, (_, index) => onDevice.key(index));

describe('what a page stores', () => {
  beforeEach(() => void vi.stubGlobal('location', { href: 'https://data.example.org/explore?lang=en#/map' }));
  afterEach(() => {
    for (const name of names()) onDevice.removeItem(String(name));
    vi.unstubAllGlobals();
  });

  it('lasts where the browser stores it', () => {
    vi.stubGlobal('localStorage', storageOf(2));
    onDevice.setItem('theme', 'dark');
    expect([onDevice.getItem('theme'), onDevice.isPassing('theme')]).toEqual(['dark', false]);
    expect(localStorage.getItem('theme')).toBe('dark');
  });

  it('is stored apart for each server of a site', () => {
    vi.stubGlobal('localStorage', storageOf(4));
    const at = (href: string) => vi.stubGlobal('location', { href });
    onDevice.setItem('theme', 'light');
    at('https://data.example.org/graph/explore');
    expect([onDevice.getItem('theme'), names()]).toEqual([null, []]);
    onDevice.setItem('theme', 'dark');
    at('https://data.example.org/graph/graphql?query=a/b');
    expect([onDevice.getItem('theme'), names()]).toEqual(['dark', ['theme']]);
    onDevice.removeItem('theme');
    expect([onDevice.getItem('theme'), names()]).toEqual([null, []]);
    at('https://data.example.org/graphql');
    expect(onDevice.getItem('theme')).toBe('light');
  });

  it('lasts as long as the page where the storage is full, and longer once there is room', () => {
    vi.stubGlobal('localStorage', storageOf(1));
    onDevice.setItem('theme', 'dark');
    onDevice.setItem('language', 'zh-Hans');
    expect([onDevice.getItem('language'), onDevice.isPassing('language')]).toEqual(['zh-Hans', true]);
    expect(names().toSorted()).toEqual(['language', 'theme']);
    onDevice.removeItem('theme');
    onDevice.setItem('language', 'en');
    expect([localStorage.getItem('language'), onDevice.isPassing('language')]).toEqual(['en', false]);
  });

  it.each([
    [
      'refuses',
      () => {
        throw new DOMException('Access is denied.', 'SecurityError');
      },
    ],
    ['has no', () => null],
  ])('lasts as long as the page where the browser %s storage', (_, get) => {
    vi.stubGlobal('localStorage', undefined);
    Object.defineProperty(globalThis, 'localStorage', { configurable: true, get });
    onDevice.setItem('theme', 'dark');
    expect([onDevice.getItem('theme'), onDevice.isPassing('theme'), names()]).toEqual(['dark', true, ['theme']]);
    onDevice.removeItem('theme');
    expect(onDevice.getItem('theme')).toBeNull();
  });
});
