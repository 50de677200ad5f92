/** The columns of what is computed of groups, under names that the plan and the fields of a group agree on. */

/** The number of entities that match. */
export const countColumn = (filter: unknown): string => (filter ? `count ${JSON.stringify(filter)}` : 'count');

export const measureColumn = (measure: string, property: unknown): string => `${measure}_${property}`;

export const percentileColumn = (property: unknown, at: unknown): string => `percentile ${property} ${at}`;

export const newestColumn = (date: unknown): string => `newest ${date}`;

/** The number of distinct values of a key, which stands under the name of its kind. */
export const distinctColumn = (named: object): string => `distinct ${JSON.stringify(Object.values(named)[0])}`;
