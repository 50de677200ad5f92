/** Usual maximum time of a request in ms, from the end of its body to its answer, unless a setting says otherwise. */
export const REQUEST_TIME = 10_000;

/** Maximum time in ms of what precedes the body: the API key is read from the database. */
export const KEY_TIME = 1_000;

/** Maximum time in ms for which a client may take to receive an answer. */
export const CLIENT_TIME = 30_000;

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
