import {
  AppBridge,
  type McpUiHostCapabilities,
  type McpUiHostContext,
  PostMessageTransport,
} from '@modelcontextprotocol/ext-apps/app-bridge';

type Result = Parameters<AppBridge['sendToolResult']>[0];

/** What the page of a host offers to its test. */
export interface HostPage {
  open(html: string, capabilities: McpUiHostCapabilities, context: McpUiHostContext): Promise<void>;
  result(result: Result): Promise<void>;
  cancel(): Promise<void>;
  change(context: McpUiHostContext): void;
}

/** What the test does for the page of a host. */
interface Outside {
  readonly host: HostPage;
  callTool(name: string, args: unknown): Promise<Result>;
  opened(url: string): Promise<void>;
  sent(text: string): Promise<void>;
}

const outside = globalThis as unknown as { -readonly [Name in keyof Outside]: Outside[Name] };
let bridge: AppBridge | undefined;

const connected = (): AppBridge => {
  if (!bridge) throw new Error('No page was opened.');
  return bridge;
};

// A host as the specification wants it: the page in a frame that reaches nothing, and the published bridge to it.
outside.host = {
  async open(html, capabilities, hostContext) {
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.title = 'answer';
    document.body.replaceChildren(frame);
    const inside = frame.contentWindow;
    if (!inside) throw new Error('The frame has no window.');
    const next = new AppBridge(null, { name: 'test', version: '1' }, capabilities, { hostContext });
    next.oncalltool = ({ name, arguments: args }) => outside.callTool(name, args);
    next.onopenlink = async ({ url }) => {
      await outside.opened(url);
      return {};
    };
    next.onmessage = async ({ content }) => {
      await outside.sent(content.map((part) => (part.type === 'text' ? part.text : '')).join(''));
      return {};
    };
    next.onsizechange = ({ height }) => {
      if (height !== undefined) frame.style.height = `${height}px`;
    };
    const initialized = new Promise<void>((resolve) => {
      next.oninitialized = () => resolve();
    });
    await next.connect(new PostMessageTransport(inside, inside));
    frame.srcdoc = html;
    await initialized;
    bridge = next;
  },
  result: (result) => connected().sendToolResult(result),
  cancel: () => connected().sendToolCancelled({ reason: 'test' }),
  change: (context) => connected().setHostContext(context),
};
