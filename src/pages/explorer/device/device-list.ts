import { type ReadonlySignal, signal } from '@preact/signals';
import { onDevice } from '../../shared/page-storage.ts';

/** A list that is stored on this device, the latest first. */
export interface DeviceList<Item> {
  readonly items: ReadonlySignal<readonly Item[]>;
  /** Whether the list is lost when the page is left, because the browser does not store it. */
  isPassing(): boolean;
  /** Puts an item first. The oldest ones make room for it. */
  add(item: Item): void;
  remove(item: Item): void;
  clear(): void;
}

interface DeviceListOptions<Item> {
  /** Where it is stored. */
  readonly key: string;
  /** Maximum number of items. */
  readonly most: number;
  /** Items with the same name are the same. */
  readonly nameOf: (item: Item) => string;
  /** Whether a stored value is an item: another version, or somebody else, may have written it. */
  readonly isItem: (value: unknown) => value is Item;
}

function stored(key: string): unknown {
  try {
    return JSON.parse(onDevice.getItem(key) ?? '[]');
  } catch {
    return [];
  }
}

/** Opens a list that is stored on this device. */
export function deviceList<Item>({ key, most, nameOf, isItem }: DeviceListOptions<Item>): DeviceList<Item> {
  const read = (): readonly Item[] => [stored(key)].flat().filter(isItem).slice(0, most);
  const items = signal(read());
  onDevice.onChange(() => {
    items.value = read();
  });
  function set(next: readonly Item[]): void {
    const kept = next.slice(0, most);
    onDevice.setItem(key, JSON.stringify(kept));
    items.value = kept;
  }
  const others = (item: Item) => items.value.filter((each) => nameOf(each) !== nameOf(item));
  return {
    items,
    isPassing: () => onDevice.isPassing(key),
    add: (item) => set([item, ...others(item)]),
    remove: (item) => set(others(item)),
    clear: () => set([]),
  };
}
