/** A key or a token that does not count. The message is for whoever sent it: it says what to do, and repeats nothing of it. */
export class AccessRefused extends Error {
  override readonly name = 'AccessRefused';
}
