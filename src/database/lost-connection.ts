/**
 * The driver's error codes for an unreachable Neo4j. The last is Silkgraph's own, for a connection that breaks while it
 * is being opened.
 */
export const lostConnection: readonly string[] = ['ServiceUnavailable', 'SessionExpired', 'ProtocolError'];

/** How the driver says that a session waited too long for one of its connections, of which so many were in use: there is no code for it. */
export const acquisitionTimeout = /Connection acquisition timed out.*Active conn count = (\d+)/;
