export const exportings = ['open', 'closed', 'admin', 'off'] as const;

/**
 * Who may export the graph: everybody with read access, holders of a key or a token, administrators, or nobody. The rules
 * for a query apply to the export of its result.
 */
export type Exporting = (typeof exportings)[number];
