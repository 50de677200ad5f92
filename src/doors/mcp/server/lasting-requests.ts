import {
  isInitializedNotification,
  isInitializeRequest,
  type JSONRPCMessage,
} from '@modelcontextprotocol/sdk/types.js';

/** Messages of a client that hold for the rest of its session, to begin another session as this one. */
export interface LastingRequests {
  note(message: JSONRPCMessage): void;
  /** In the order in which they have to be sent. */
  messages(): readonly JSONRPCMessage[];
}

/** What a message is about, and whether it holds; `undefined` for one that is done with once it is answered. */
function matterOf(message: JSONRPCMessage): { readonly about: string; readonly holds: boolean } | undefined {
  if (!('method' in message)) return undefined;
  const { method, params } = message;
  if (isInitializeRequest(message) || isInitializedNotification(message) || method === 'logging/setLevel')
    return { about: method, holds: true };
  if (method === 'resources/subscribe' || method === 'resources/unsubscribe')
    return { about: `resource ${String(params?.uri)}`, holds: method === 'resources/subscribe' };
  return undefined;
}

export function lastingRequests(): LastingRequests {
  const known = new Map<string, JSONRPCMessage>();
  return {
    note(message) {
      const matter = matterOf(message);
      if (matter?.holds) known.set(matter.about, message);
      else if (matter) known.delete(matter.about);
    },
    messages: () => [...known.values()],
  };
}
