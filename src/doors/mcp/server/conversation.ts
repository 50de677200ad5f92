import { ElicitResultSchema, ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js';
import { times } from '../../../engine/budgets/time-budget.ts';
import type { Ask } from '../../../graphql/internal-client/ask.ts';
import type { Conversation } from './mcp-features.ts';

/** Asks, and tells the client so: what GraphQL was asked at the level `debug`, hints at `notice`, and progress if it wants it. */
export function askAloud(ask: Ask, { call, log }: Conversation): Ask {
  const { progressToken } = call._meta ?? {};
  let answered = 0;
  return async (question, options) => {
    if (call.signal.aborted) throw new McpError(ErrorCode.ConnectionClosed, 'The client cancelled the call.');
    await log('debug', { query: question.query, variables: question.variables ?? {} });
    const result = await ask(question, options);
    answered += 1;
    if (progressToken !== undefined) {
      await call.sendNotification({
        method: 'notifications/progress',
        params: { progressToken, progress: answered, message: `Questions answered by the graph: ${answered}.` },
      });
    }
    const { hints } = result.extensions ?? {};
    if (hints !== undefined) await log('notice', { hints });
    return result;
  };
}

/** Has the client put a question before its user. */
export async function confirmBy({ call }: Conversation, message: string): Promise<boolean> {
  const params = { mode: 'form' as const, message, requestedSchema: { type: 'object' as const, properties: {} } };
  const { action } = await call.sendRequest({ method: 'elicitation/create', params }, ElicitResultSchema, {
    timeout: times.agentUser.ms,
    signal: call.signal,
  });
  return action === 'accept';
}
