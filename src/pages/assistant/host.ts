import { App, type McpUiHostContext } from '@modelcontextprotocol/ext-apps';
import { isObject, type Values } from '../drawing/result/tables.ts';

/** What a host lets the page do. What it does not offer is absent. */
export interface Host {
  /** Calls a tool of the server. @throws Error with what the tool says */
  readonly callTool?: (name: string, args: Values) => Promise<Values>;
  /** Sends a message in the name of the user. */
  readonly send?: (text: string) => void;
  /** Opens an address in a browser. */
  readonly open?: (url: string) => void;
}

/** What has become of the call that the page shows. */
export type Call =
  | { readonly state: 'waiting' }
  | { readonly state: 'cancelled' }
  | { readonly state: 'failed'; readonly message: string }
  | { readonly state: 'answered'; readonly content: Values };

/** How the host shows the page. */
export type Context = Pick<McpUiHostContext, 'locale' | 'theme'>;

export interface Listener {
  called(call: Call): void;
  shown(context: Context): void;
}

interface Result {
  readonly isError?: boolean | undefined;
  readonly structuredContent?: unknown;
  readonly content?: readonly { readonly type: string; readonly text?: string }[];
}

const messageOf = ({ content = [] }: Result) => content.map(({ text = '' }) => text).join(' ');

function callOf(result: Result): Call {
  const { isError, structuredContent } = result;
  if (isError || !isObject(structuredContent)) return { state: 'failed', message: messageOf(result) };
  return { state: 'answered', content: structuredContent };
}

/**
 * Connects the page to the host that shows it.
 * @see https://github.com/modelcontextprotocol/ext-apps, "MCP Apps" (2026-01-26)
 */
export async function connectHost(listener: Listener): Promise<Host> {
  const app = new App({ name: 'silkgraph-answer', version: '1' });
  app.addEventListener('toolresult', (result) => listener.called(callOf(result as Result)));
  app.addEventListener('toolcancelled', () => listener.called({ state: 'cancelled' }));
  app.addEventListener('hostcontextchanged', () => listener.shown(app.getHostContext() ?? {}));
  await app.connect();
  listener.shown(app.getHostContext() ?? {});
  const { serverTools, message, openLinks } = app.getHostCapabilities() ?? {};
  return {
    ...(serverTools && {
      async callTool(name, args) {
        const call = callOf((await app.callServerTool({ name, arguments: { ...args } })) as Result);
        if (call.state === 'answered') return call.content;
        throw new Error(call.state === 'failed' ? call.message : '');
      },
    }),
    ...(message && {
      send: (text) => void app.sendMessage({ role: 'user', content: [{ type: 'text', text }] }),
    }),
    ...(openLinks && { open: (url) => void app.openLink({ url }) }),
  };
}
