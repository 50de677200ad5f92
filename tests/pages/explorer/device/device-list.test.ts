import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { deviceList } from '../../../../src/pages/explorer/device/device-list.ts';

const stored = new Map<string, string>();
let isFull = false;

beforeEach(() => {
  stored.clear();
  isFull = false;
  vi.stubGlobal('addEventListener', vi.fn());
  vi.stubGlobal('location', { href: 'https://data.example.org/explore' });
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem(key: string, value: string) {
      if (isFull) throw new Error('QuotaExceededError');
      stored.set(key, value);
    },
  });
});
afterEach(() => void vi.unstubAllGlobals());

const isText = (value: unknown): value is string => typeof value === 'string';
const open = () => deviceList({ key: 'list', most: 3, nameOf: (item: string) => item.toLowerCase(), isItem: isText });

describe('a list on this device', () => {
  it('has the latest first, each once, and only so many', () => {
    const list = open();
    for (const item of ['a', 'b', 'c', 'A', 'd']) list.add(item);
    expect(list.items.value).toEqual(['d', 'A', 'c']);
    expect(open().items.value).toEqual(['d', 'A', 'c']);
    list.remove('a');
    expect(open().items.value).toEqual(['d', 'c']);
    list.clear();
    expect(open().items.value).toEqual([]);
  });

  it('leaves out what it cannot read', () => {
    stored.set('list', '["a", 1, null]');
    expect(open().items.value).toEqual(['a']);
    stored.set('list', '{broken');
    expect(open().items.value).toEqual([]);
  });

  it('lasts as long as the page where nothing can be stored', () => {
    isFull = true;
    const list = open();
    list.add('a');
    expect([list.items.value, list.isPassing(), stored.get('list')]).toEqual([['a'], true, undefined]);
    isFull = false;
    list.add('b');
    expect([list.items.value, list.isPassing(), stored.get('list')]).toEqual([['b', 'a'], false, '["b","a"]']);
  });
});
