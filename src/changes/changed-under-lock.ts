/** The graph is not as it was when it was locked: an entity came into being since, or is written to by another way. */
export class ChangedUnderLock extends Error {
  override readonly name = 'ChangedUnderLock';
}
