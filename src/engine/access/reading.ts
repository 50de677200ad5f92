export const readings = ['open', 'closed'] as const;

/** Who may read: everyone, or only callers with a key or a token. */
export type ReadAccess = (typeof readings)[number];
