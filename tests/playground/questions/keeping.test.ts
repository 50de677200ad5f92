import { describe, expect, it } from 'vitest';
import { createKeeping } from '../../../src/playground/questions/keeping.ts';

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

const secret = '{"authorization": "Bearer secret"}';
const tabs = JSON.stringify({ activeTabIndex: 0, tabs: [{ query: '{ labs }', headers: secret }] });

function typed() {
  const [device, tab] = [shelf(), shelf()];
  const keeping = createKeeping(device, tab);
  keeping.storage.setItem('graphiql:query', '{ labs }');
  keeping.storage.setItem('graphiql:headers', secret);
  for (const key of ['tabState', 'queries', 'favorites']) keeping.storage.setItem(`graphiql:${key}`, tabs);
  return { device, tab, keeping };
}

const all = ({ kept }: { readonly kept: ReadonlyMap<string, string> }) => JSON.stringify([...kept]);

describe('what the playground keeps', () => {
  it('is there after a reload, headers too', () => {
    const { device, tab } = typed();
    const { storage, headers } = createKeeping(device, tab);
    expect(storage.getItem('graphiql:query')).toBe('{ labs }');
    expect(storage.getItem('graphiql:headers')).toBe(secret);
    expect(storage.getItem('graphiql:tabState')).toBe(tabs);
    expect(headers()).toBe(secret);
  });

  it('has no header on the device: in another tab all but those is there', () => {
    const { device } = typed();
    expect(all(device)).not.toContain('secret');
    const { storage, headers } = createKeeping(device, shelf());
    expect(storage.getItem('graphiql:query')).toBe('{ labs }');
    expect(storage.getItem('graphiql:tabState')).toBe(tabs.replace(JSON.stringify(secret), 'null'));
    expect(headers()).toBe('');
  });

  it('has headers on the device where that is chosen, at once and later, and forgets them where it is not any more', () => {
    const { device, keeping } = typed();
    keeping.keepHeaders(true);
    expect(createKeeping(device, shelf()).headers()).toBe(secret);
    expect(createKeeping(device, shelf()).keepsHeaders()).toBe(true);
    keeping.storage.setItem('graphiql:headers', '{"x-api-key": "secret two"}');
    expect(all(device)).toContain('secret two');
    keeping.keepHeaders(false);
    expect(all(device)).not.toContain('secret');
    expect(keeping.headers()).toContain('secret two');
  });

  it('forgets headers of the device in a tab that was opened later, too, and goes on with them there', () => {
    const { device, keeping } = typed();
    keeping.keepHeaders(true);
    const later = createKeeping(device, shelf());
    later.keepHeaders(false);
    expect(all(device)).not.toContain('secret');
    expect(JSON.parse(device.getItem('graphiql:tabState') ?? '')).toMatchObject({ tabs: [{ query: '{ labs }' }] });
    expect(later.headers()).toBe(secret);
    expect(later.storage.getItem('graphiql:tabState')).toBe(tabs);
    expect(createKeeping(device, shelf()).headers()).toBe('');
  });

  it('shares its theme with the explorer', () => {
    const { device, keeping } = typed();
    keeping.storage.setItem('graphiql:theme', 'dark');
    expect(device.kept.get('silkgraph-theme')).toBe('dark');
    expect(keeping.storage.getItem('graphiql:theme')).toBe('dark');
    keeping.storage.removeItem('graphiql:theme');
    expect(device.kept.has('silkgraph-theme')).toBe(false);
  });

  it('can be cleared, and leaves what others keep', () => {
    const { device, tab, keeping } = typed();
    device.setItem('other', 'kept');
    keeping.storage.clear();
    expect([...device.kept.keys(), ...tab.kept.keys()]).toEqual(['other']);
  });

  it.each(['{broken', 'null', '{"tabs":{}}'])(
    'opens a link beside a text of another page under its names: %s',
    (text) => {
      const { device, tab, keeping } = typed();
      for (const shelf of [device, tab]) shelf.setItem('graphiql:tabState', text);
      keeping.makeRoom();
      keeping.keepHeaders(true);
      keeping.keepHeaders(false);
      expect(device.getItem('graphiql:query')).toBe('{ labs }');
    },
  );
});
