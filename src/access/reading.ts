export const readings = ['open', 'closed'] as const;

/** Who may read: everybody, or only who shows a key or a token. */
export type Reading = (typeof readings)[number];
