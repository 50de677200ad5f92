/**
 * The codes by which the driver says that no Neo4j answers, or no longer. The last is its own for a connection that breaks
 * while it is being opened.
 */
export const lostConnection: readonly string[] = ['ServiceUnavailable', 'SessionExpired', 'ProtocolError'];
