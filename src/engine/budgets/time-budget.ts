/** Usual maximum time of a request in ms, from the end of its body to its answer, unless a setting says otherwise. */
export const REQUEST_TIME = 10_000;

interface Part {
  readonly spentOn: string;
  /** Part of the time of a request. */
  readonly share: number;
  /** Maximum in ms, however long a request may take. */
  readonly most: number;
}

/** What a request may wait for, one after the other. The shares are less than one: the rest is left for planning and reading. */
export const timeParts = {
  bookmarks: { spentOn: 'the secret and the state of a bookmark, half for each', share: 0.2, most: 2_000 },
  log: { spentOn: 'the news of the change log, in two reads at most', share: 0.2, most: 2_000 },
  place: { spentOn: 'a place among the operations', share: 0.1, most: 1_000 },
  expensive: { spentOn: 'a place among the expensive operations', share: 0.4, most: 4_000 },
} as const satisfies Readonly<Record<string, Part>>;

export type TimePart = keyof typeof timeParts;

export const timePartNames = Object.keys(timeParts) as readonly TimePart[];

/** The time in ms that a part may take of that of a request. */
export const timeOf = (name: TimePart, request = REQUEST_TIME): number => {
  const { share, most } = timeParts[name];
  return Math.min(share * request, most);
};

/** The time in ms that is left for planning, reading and writing, even if a request waited for all parts. */
export const workingTime = (request = REQUEST_TIME): number =>
  timePartNames.reduce((left, name) => left - timeOf(name, request), request);

/** Times in ms that are no part of that of a request: of its connection, and of what the server does in the background. */
export const times = {
  key: { of: 'connections', is: 'a request waits for its API key to be read', ms: 1_000 },
  keyFreshness: { of: 'connections', is: 'an API key is used without reading it again', ms: 5_000 },
  header: { of: 'connections', is: 'the header of a request may take to arrive', ms: 10_000 },
  client: { of: 'connections', is: 'a body may take to arrive, and a client to receive an answer', ms: 30_000 },
  idle: { of: 'connections', is: 'a connection without a request is kept', ms: 75_000 },
  firstMessage: { of: 'connections', is: 'a WebSocket may take to send its first message', ms: 3_000 },
  openStream: { of: 'connections', is: 'a reserved event stream may take to be opened', ms: 10_000 },
  ping: { of: 'connections', is: 'between two pings of a WebSocket or an event stream', ms: 12_000 },
  recheck: { of: 'connections', is: 'between two checks of the credentials of a subscription', ms: 10_000 },
  liveAgain: { of: 'connections', is: 'a live question that failed waits to be read again', ms: 1_000 },
  metricsClient: { of: 'connections', is: 'a request at the port for metrics may take to arrive', ms: 5_000 },
  databaseConnection: { of: 'background', is: 'a connection to Neo4j may take to open', ms: 5_000 },
  databaseIdle: { of: 'background', is: 'a connection to Neo4j may be idle before it is tested', ms: 30_000 },
  ownStatement: { of: 'background', is: 'a statement of the server itself may take', ms: 5_000 },
  statistics: { of: 'background', is: 'a statement of the statistics may take', ms: 60_000 },
  warmUpPlan: { of: 'background', is: 'a statement of the warm-up may take', ms: 20_000 },
  warmUpRead: { of: 'background', is: 'a planned statement of the warm-up may take', ms: 1_000 },
  ready: { of: 'background', is: 'a check of the database and of imports may take', ms: 3_000 },
  readyAgain: { of: 'background', is: 'between two checks of the database and of imports', ms: 15_000 },
  writeRetries: { of: 'background', is: 'a write may be tried again after transient failures', ms: 5_000 },
  writePause: { of: 'background', is: 'a write pauses before it is tried again', ms: 500 },
  logPoll: { of: 'background', is: 'between two reads of the change log while somebody follows it', ms: 250 },
  logPause: { of: 'background', is: 'between two attempts to read a change log that cannot be read', ms: 2_000 },
  logRead: { of: 'background', is: 'a read of the change log may take', ms: 2_500 },
  revisionsPause: {
    of: 'background',
    is: 'stored answers are not used after the change log could not be read',
    ms: 1_000,
  },
  deliveryPoll: { of: 'background', is: 'between two searches for deliveries to watches', ms: 1_000 },
  delivery: { of: 'background', is: 'a delivery may take', ms: 10_000 },
  deliveryPause: { of: 'background', is: 'a delivery that failed pauses before it is tried again', ms: 3_600_000 },
  forgetting: { of: 'background', is: 'a statement may take that deletes expired idempotency keys', ms: 30_000 },
  forgettingAgain: { of: 'background', is: 'between two deletions of expired idempotency keys', ms: 600_000 },
  states: { of: 'background', is: 'earlier states that nobody asks for are kept', ms: 600_000 },
  providerRequest: { of: 'background', is: 'an identity provider may take to respond', ms: 5_000 },
  providerFresh: {
    of: 'background',
    is: 'keys of an identity provider are used without looking for others',
    ms: 600_000,
  },
  providerUsable: {
    of: 'background',
    is: 'keys of an identity provider are used while it does not respond',
    ms: 86_400_000,
  },
  providerPause: { of: 'background', is: 'an identity provider that failed is left alone', ms: 5_000 },
  providerUnknown: {
    of: 'background',
    is: 'an identity provider is left alone after it was asked for a key that it did not have',
    ms: 30_000,
  },
  store: { of: 'background', is: 'a request waits for Redis', ms: 250 },
  storeConnection: { of: 'background', is: 'a connection to Redis may take to open', ms: 2_000 },
  storePause: { of: 'background', is: 'a Redis that failed is left alone', ms: 1_000 },
  telemetryEnd: { of: 'background', is: 'the end of the server waits for telemetry to be sent', ms: 3_000 },
} as const satisfies Readonly<
  Record<string, { readonly of: 'connections' | 'background'; readonly is: string; readonly ms: number }>
>;
