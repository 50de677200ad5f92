/** An invalid key or token. The message is for the client: it says what to do, and contains nothing of the credentials. */
export class AccessRefused extends Error {
  override readonly name = 'AccessRefused';
}
