import { once } from 'node:events';
import { WebSocket } from 'ws';

/** What the debugger of a Node.js process knows; it also answers while the process is busy. */
export interface Inspector {
  /** Bytes of live and dead objects on the heap; not a number once the process is gone. */
  heapUsed(): Promise<number>;
  /** Collects all garbage, so that what is left on the heap is in use. */
  collectGarbage(): Promise<void>;
  close(): void;
}

export async function inspect(address: string): Promise<Inspector> {
  const socket = new WebSocket(address);
  await once(socket, 'open');
  const waiting = new Map<number, (result: { readonly usedSize?: number }) => void>();
  let count = 0;
  socket.on('message', (data) => {
    const { id, result } = JSON.parse(String(data));
    waiting.get(id)?.(result ?? {});
    waiting.delete(id);
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    for (const settle of waiting.values()) settle({});
    waiting.clear();
  });
  const call = (method: string) =>
    new Promise<{ readonly usedSize?: number }>((resolve) => {
      if (socket.readyState !== socket.OPEN) return resolve({});
      const id = ++count;
      waiting.set(id, resolve);
      socket.send(JSON.stringify({ id, method }));
    });
  return {
    heapUsed: async () => (await call('Runtime.getHeapUsage')).usedSize ?? Number.NaN,
    collectGarbage: async () => void (await call('HeapProfiler.collectGarbage')),
    close: () => socket.terminate(),
  };
}
