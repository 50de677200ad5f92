/** A record as it is read: nothing is known of its fields. */
export type RecordFields = Readonly<Record<string, unknown>>;
