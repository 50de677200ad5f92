import type { RequestPlugin } from '../phases.ts';

/** Has proxies such as nginx pass on each event at once, whatever their configuration says of buffers. */
export function useUnbufferedStreams(): RequestPlugin {
  return {
    phase: 'respond',
    onResponse({ response: { headers } }) {
      if (headers.get('content-type')?.startsWith('text/event-stream')) headers.set('x-accel-buffering', 'no');
    },
  };
}
