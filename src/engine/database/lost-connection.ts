/**
 * The driver's error codes for an unreachable Neo4j. The last is Silkgraph's own, for a connection that breaks while it
 * is being opened.
 */
export const lostConnection: readonly string[] = ['ServiceUnavailable', 'SessionExpired', 'ProtocolError'];

/** The driver's message where a session waited too long for a connection, with the number of connections in use: it has no code. */
export const acquisitionTimeout = /Connection acquisition timed out.*Active conn count = (\d+)/;
