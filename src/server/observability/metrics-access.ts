/** Who may read metrics: everybody, holders of a key or a token, or nobody. */
export const metricsAccesses = ['open', 'closed', 'off'] as const;

export type MetricsAccess = (typeof metricsAccesses)[number];
