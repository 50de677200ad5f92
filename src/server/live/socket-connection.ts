import type { IncomingMessage } from 'node:http';
import type { Context } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { SocketPace } from './socket-pace.ts';

/** The connection below the protocol. */
export interface SocketExtra extends Record<PropertyKey, unknown> {
  /** The request that was upgraded. */
  readonly request: IncomingMessage;
  readonly socket: WebSocket;
  /** Aborted once the connection is closed. */
  readonly signal: AbortSignal;
  readonly pace: SocketPace;
}

/** A WebSocket as graphql-ws knows it, from its first message on. */
export type SocketConnection = Context<Record<string, unknown> | undefined, SocketExtra>;
