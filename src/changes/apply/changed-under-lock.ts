/** The graph has changed since it was locked: an entity was created, or written to in another way. */
export class ChangedUnderLock extends Error {
  override readonly name = 'ChangedUnderLock';
}
