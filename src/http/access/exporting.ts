export const exportings = ['open', 'closed', 'admin', 'off'] as const;

/**
 * Who may export the graph: everybody who may read, holders of a key or a token, administrators, or nobody. What a question
 * is answered with is exported under the rules of the question.
 */
export type Exporting = (typeof exportings)[number];
