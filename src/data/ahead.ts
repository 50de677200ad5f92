/** Reads on while what was read is being used. */
export async function* ahead<Item>(source: AsyncGenerator<Item>): AsyncGenerator<Item> {
  let next = source.next();
  try {
    for (;;) {
      const { value, done } = await next;
      if (done) return;
      next = source.next();
      // Whoever asks for it learns what went wrong; until then nobody has to.
      next.catch(() => {});
      yield value;
    }
  } finally {
    await source.return(undefined);
  }
}
