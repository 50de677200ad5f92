import { describe, expect, it } from 'vitest';
import { createStorage, storedHeaders } from '../../../src/pages/playground/storage.ts';

/** As much of a browser's storage as is needed. */
function shelf() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    key: (index: number) => [...kept.keys()][index] ?? null,
    get length() {
      return kept.size;
    },
  };
}

const tabs = JSON.stringify({ activeTabIndex: 0, tabs: [{ query: '{ labs }', headers: '{"x": "secret"}' }] });

function typed() {
  const device = shelf();
  const storage = createStorage(device);
  storage.setItem('graphiql:query', '{ labs }');
  const typeTabs = () => {
    for (const key of ['tabState', 'queries', 'favorites']) storage.setItem(`graphiql:${key}`, tabs);
  };
  typeTabs();
  return { device, storage, typeTabs };
}

const all = ({ kept }: { readonly kept: ReadonlyMap<string, string> }) => JSON.stringify([...kept]);

describe('what the playground stores', () => {
  it('has no header, also not in the history of GraphiQL, unless that is chosen', () => {
    const { device, storage } = typed();
    expect(storage.getItem('graphiql:shouldPersistHeaders')).toBe('false');
    expect(storage.getItem('graphiql:query')).toBe('{ labs }');
    expect(storage.getItem('graphiql:queries')).toContain('{ labs }');
    expect(all(device)).not.toContain('secret');
  });

  it('has headers while that is chosen, and none of them afterwards', () => {
    const { device, storage, typeTabs } = typed();
    storage.setItem('graphiql:shouldPersistHeaders', 'true');
    typeTabs();
    expect(storage.getItem('graphiql:favorites')).toBe(tabs);
    storage.setItem('graphiql:shouldPersistHeaders', 'false');
    expect(all(device)).not.toContain('secret');
    expect(storage.getItem('graphiql:tabState')).toContain('{ labs }');
  });

  it('gives the headers for the first request, and none of a text that is no JSON', () => {
    const { storage } = typed();
    expect(storedHeaders(storage)).toEqual({});
    storage.setItem('graphiql:headers', '{"authorization": "Bearer key"}');
    expect(storedHeaders(storage)).toEqual({ authorization: 'Bearer key' });
    storage.setItem('graphiql:headers', '{"authorization":');
    expect(storedHeaders(storage)).toEqual({});
  });

  it('drops a text that is no JSON where headers may be', () => {
    const { storage } = typed();
    storage.setItem('graphiql:queries', '{"headers": "secret"');
    expect(storage.getItem('graphiql:queries')).toBe('');
  });

  it('opens a query of a link, beside the last tabs, or the text of another page under its names', () => {
    const { storage } = typed();
    const many = { activeTabIndex: 0, tabs: Array.from({ length: 9 }, (_, index) => ({ query: `{ a${index} }` })) };
    storage.setItem('graphiql:tabState', JSON.stringify(many));
    storage.open({ query: '{ linked }', variables: '' });
    expect(storage.getItem('graphiql:query')).toBe('{ linked }');
    const { tabs, activeTabIndex } = JSON.parse(storage.getItem('graphiql:tabState') ?? '');
    expect([tabs[0].query, tabs.length, activeTabIndex]).toEqual(['{ a5 }', 4, 3]);
    for (const text of ['{broken', 'null', '{"tabs":{}}']) {
      storage.setItem('graphiql:tabState', text);
      storage.open({ query: '{ linked }', variables: '' });
      expect(storage.getItem('graphiql:tabState')).toBe('');
    }
  });

  it('shares its theme with the explorer', () => {
    const { device, storage } = typed();
    storage.setItem('graphiql:theme', 'dark');
    expect(device.kept.get('silkgraph-theme')).toBe('dark');
    expect(storage.getItem('graphiql:theme')).toBe('dark');
    storage.removeItem('graphiql:theme');
    expect(device.kept.has('silkgraph-theme')).toBe(false);
  });

  it('can be cleared, and leaves what others store', () => {
    const { device, storage } = typed();
    device.setItem('other', 'kept');
    expect(storage.length).toBe(4);
    storage.clear();
    expect([...device.kept.keys()]).toEqual(['other']);
  });
});
