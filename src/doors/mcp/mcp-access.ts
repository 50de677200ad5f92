export const mcpAccesses = ['off', 'read', 'write'] as const;

/** What agents may do: nothing, read, or also write, which takes a key or a token with the role editor. */
export type McpAccess = (typeof mcpAccesses)[number];
