/** Makes a value once for each key, and keeps it as long as the key. */
export function oncePer<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
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
 * Like `oncePer`, for objects that live shortly, such as requests: what is made is stored on the object itself, under a
 * symbol that nothing lists or copies. A `WeakMap` that lasts keeps what it holds from V8's quick collections of garbage,
 * even where nothing else refers to the key: each request would last until the next full collection, with all that it refers to.
 */
export function onceOn<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = Symbol('made');
  const valueOn = (key: object) => Reflect.get(key, made);
  return (key) => {
    if (Object.hasOwn(key, made)) return valueOn(key);
    const value = make(key);
    Object.defineProperty(key, made, { value });
    return value;
  };
}
