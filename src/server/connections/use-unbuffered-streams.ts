import type { Plugin } from 'graphql-yoga';

/** Has proxies such as nginx pass on each event at once, whatever their configuration says of buffers. */
export function useUnbufferedStreams(): Plugin {
  return {
    onResponse({ response: { headers } }) {
      if (headers.get('content-type')?.startsWith('text/event-stream')) headers.set('x-accel-buffering', 'no');
    },
  };
}
