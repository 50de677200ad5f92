import type { ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import type { ExecutionResult } from 'graphql';
import { isAsyncIterable } from 'graphql-yoga';
import { times } from '../../../engine/budgets/time-budget.ts';
import { limitExceeded } from '../../../graphql/errors.ts';
import { limits } from '../../../graphql/limits.ts';
import { answerText } from '../../answer-text.ts';
import { badRequest } from '../../bad-request.ts';
import type { UnsentBytes } from '../../connections/unsent-bytes.ts';
import { plainResult } from '../../plain-result.ts';
import { type OperationStream, type Results, stateOf } from '../../request-state.ts';
import { ServerStopping } from '../live-operations.ts';

/** Maximum number of unread bytes; beyond, the client's next operation is refused. */
const MOST_UNSENT = 1_000_000;

/** An operation of a stream. Before its results come, it may end, and another one may take its name. */
interface Carried {
  /** Its results, where there are many and they have begun. */
  iterator?: AsyncIterator<ExecutionResult>;
}

/** One response that carries the results of many operations. */
export interface EventStream extends OperationStream {
  readonly body: PassThrough;
  readonly isOpen: boolean;
  /** Whether all its operations have ended. */
  readonly isSettled: boolean;
  /** Sends it as the body of a response. One that is not opened within some seconds closes. */
  open(signal: AbortSignal, response: ServerResponse | undefined): void;
  /** Ends one of its operations, if it has one of that ID. */
  complete(operationId: string): void;
  /** Ends it once its client has read what it holds; one that nobody opened has nobody to read it. */
  end(): void;
}

export interface EventStreamOptions {
  readonly caller: string | undefined;
  /** Maximum size of an answer, in bytes. */
  readonly answerLimit: number;
  readonly unsent: UnsentBytes;
  /** Is called once it is closed. */
  readonly closed: () => void;
}

/** Reserves a stream for a caller. */
export function createEventStream({ caller, answerLimit, unsent, closed }: EventStreamOptions): EventStream {
  const body = new PassThrough();
  const operations = new Map<string, Carried>();
  let written = 0;
  let isOpen = false;
  let timer = setTimeout(() => body.destroy(), times.openStream.ms).unref();

  const unsentBytes = () => body.writableLength + body.readableLength;
  const outlet = { unsent: unsentBytes, taken: () => written - unsentBytes(), cut: () => void body.destroy() };
  unsent.watch(outlet);
  unsent.attribute(outlet, caller);
  body.once('close', () => {
    closed();
    unsent.forget(outlet);
    clearInterval(timer);
    for (const { iterator } of operations.values()) void iterator?.return?.();
    operations.clear();
  });

  function write(text: string, done?: (error?: Error | null) => void): void {
    const bytes = Buffer.from(text);
    written += bytes.length;
    body.write(bytes, done);
  }

  /** Settles once the stream accepts more, so that nothing is buffered for a client that does not read. */
  const send = (event: string, data: string) =>
    new Promise<void>((resolve, reject) => {
      // The server is stopping, and the event is too late.
      if (body.writableEnded) return resolve();
      const done = (error?: Error | null) => {
        unsent.recount(outlet);
        if (error) reject(error);
        else resolve();
      };
      write(`event: ${event}\ndata: ${data}\n\n`, done);
      unsent.recount(outlet);
    });

  const next = (id: string, result: ExecutionResult) =>
    send('next', `{"id":${JSON.stringify(id)},"payload":${answerText(plainResult(result), answerLimit)}}`);

  /** @returns whether the operation had not ended yet */
  const forget = (id: string, operation: Carried): boolean => operations.get(id) === operation && operations.delete(id);

  async function carry(id: string, operation: Carried, results: Results): Promise<void> {
    const hasEnded = () => operations.get(id) !== operation;
    if (isAsyncIterable(results)) {
      const iterator = results[Symbol.asyncIterator]();
      // It was ended before it was established.
      if (hasEnded()) return void (await iterator.return?.());
      operation.iterator = iterator;
      try {
        for (let step = await iterator.next(); !step.done; step = await iterator.next()) await next(id, step.value);
      } catch (error) {
        if (!(error instanceof ServerStopping)) throw error;
        forget(id, operation);
      }
    } else if (!hasEnded()) {
      await next(id, results);
    }
    if (forget(id, operation)) await send('complete', JSON.stringify({ id }));
  }

  return {
    body,
    get isOpen() {
      return isOpen;
    },
    get isSettled() {
      return operations.size === 0;
    },
    open(signal, response) {
      isOpen = true;
      clearTimeout(timer);
      // Some browsers report a response as open only once they receive bytes.
      write(':\n\n');
      timer = setInterval(() => {
        if (body.writableLength === 0 && !body.writableEnded) write(':\n\n');
      }, times.ping.ms);
      // Yoga sends nothing to a client that has already disconnected, and does not end a response whose body is aborted.
      if (signal.aborted) body.destroy();
      else signal.addEventListener('abort', () => body.destroy(), { once: true });
      body.once('close', () => {
        if (response && !response.writableEnded) response.destroy();
      });
    },
    add(id, request) {
      if (typeof id !== 'string' || id === '') {
        throw badRequest(
          'Name the operation in `extensions.operationId`: the stream labels its results with that name.',
        );
      }
      if (operations.has(id)) throw badRequest(`The stream has an operation ${id} already.`, 409);
      if (operations.size >= limits.liveOperations) {
        throw limitExceeded(`One stream carries up to ${limits.liveOperations} operations. Reserve another one.`);
      }
      if (unsentBytes() > MOST_UNSENT) {
        const retryLater = { 'retry-after': '1' };
        throw badRequest(
          'Too much of this stream is unread. Read it, then try again.',
          429,
          'RATE_LIMITED',
          retryLater,
        );
      }
      const operation: Carried = {};
      operations.set(id, operation);
      stateOf(request).resultReceiver = {
        // A client that aborts the stream closes it, which ends the rest.
        take: (results) => void carry(id, operation, results).catch(() => body.destroy()),
        refused: () => void forget(id, operation),
      };
    },
    complete(id) {
      void operations.get(id)?.iterator?.return?.();
      operations.delete(id);
    },
    end: () => void (isOpen ? body.end() : body.destroy()),
  };
}
