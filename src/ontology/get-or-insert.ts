/** A map, or a cache that is used like one. */
interface Store<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: NoInfer<Value>): unknown;
}

/** The value under a key; if there is none, it is made and stored. `Map.prototype.getOrInsertComputed` of ECMAScript 2026. */
export function getOrInsert<Key, Value>(store: Store<Key, Value>, key: Key, make: () => NoInfer<Value>): Value {
  const known = store.get(key);
  if (known !== undefined) return known;
  const value = make();
  store.set(key, value);
  return value;
}
