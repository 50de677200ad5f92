/** Maximum length of a reason in a close frame, in bytes (RFC 6455, section 5.5). */
const LONGEST = 123;

/** A reason as a close frame can carry it: a longer one is cut. */
export const closeReason = (reason: string): string =>
  Buffer.byteLength(reason) <= LONGEST
    ? reason
    : `${String(Buffer.from(reason).subarray(0, LONGEST - 3)).replace(/\uFFFD$/, '')}…`;
