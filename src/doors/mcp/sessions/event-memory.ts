import type { EventStore } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { createCache, textBytes } from '../../../engine/budgets/budgeted-cache.ts';
import { times } from '../../../engine/budgets/time-budget.ts';

interface Event {
  readonly stream: string;
  readonly message: JSONRPCMessage;
}

/** What all sessions sent lately, so that a client that lost its connection can resume a stream. */
export interface EventMemory {
  /** The events of one session. No other session can read them. */
  of(session: string): EventStore & { forget(): void };
}

/** Keeps the latest events of all sessions. */
export function createEventMemory(): EventMemory {
  const events = createCache<Event>('events', {
    ttl: times.agentEvents.ms,
    sizeOf: ({ message }, id) => textBytes(JSON.stringify(message), id),
  });
  return {
    of(session) {
      /** IDs of the events of this session, the oldest first. */
      const ids = new Set<string>();
      let count = 0;
      const known = (id: string) => (ids.has(id) ? events.get(id) : undefined);
      return {
        async storeEvent(stream, message) {
          count += 1;
          const id = `${session}:${count}`;
          // What was evicted is not named any longer.
          for (const oldest of ids) {
            if (events.has(oldest)) break;
            ids.delete(oldest);
          }
          ids.add(id);
          events.set(id, { stream, message });
          return id;
        },
        getStreamIdForEventId: async (id) => known(id)?.stream,
        async replayEventsAfter(lastEventId, { send }) {
          const stream = known(lastEventId)?.stream ?? '';
          let isPast = false;
          for (const id of [...ids]) {
            const event = events.get(id);
            // An event that only opens a stream has no message.
            if (isPast && event?.stream === stream && 'jsonrpc' in event.message) await send(id, event.message);
            if (id === lastEventId) isPast = true;
          }
          return stream;
        },
        forget() {
          for (const id of ids) events.delete(id);
          ids.clear();
        },
      };
    },
  };
}
