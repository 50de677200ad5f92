/**
 * The driver's error codes for an unreachable Neo4j. The last is Silkgraph's own, for a connection that breaks while it
 * is being opened.
 */
export const lostConnection: readonly string[] = ['ServiceUnavailable', 'SessionExpired', 'ProtocolError'];
