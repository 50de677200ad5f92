/** Makes a value once for each key, and keeps it as long as the key. */
export function memoize<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new WeakMap<Key, { readonly value: Value }>();
  return (key) => {
    const known = made.get(key);
    if (known) return known.value;
    const value = make(key);
    made.set(key, { value });
    return value;
  };
}

/**
 * Like `memoize`, for short-lived objects such as requests. The value is stored on the object itself, under a symbol that
 * nothing lists or copies. V8's quick garbage collections keep the values of a long-lived `WeakMap`, even if nothing else
 * refers to their keys: in one, each request would stay in memory until the next full collection.
 * @throws TypeError for an object that is frozen
 */
export function memoizeOn<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = Symbol('made');
  const valueOn = (key: object) => Reflect.get(key, made);
  return (key) => {
    if (Object.hasOwn(key, made)) return valueOn(key);
    const value = make(key);
    Object.defineProperty(key, made, { value });
    return value;
  };
}
