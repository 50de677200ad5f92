import {
  CLIENT_CAPABILITIES_META_KEY,
  type ClientCapabilities,
  type InputRequiredResult,
  inputRequired,
  ProtocolError,
  ProtocolErrorCode,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { Ask } from '../../../graphql/internal-client/ask.ts';
import { isObject } from '../../../graphql/internal-client/json.ts';

/** Asks, and tells the client how far it has come, if it wants to know. */
export function askAloud(ask: Ask, { mcpReq }: ServerContext): Ask {
  const { progressToken } = mcpReq._meta ?? {};
  let answered = 0;
  return async (question, options) => {
    if (mcpReq.signal.aborted)
      throw new ProtocolError(ProtocolErrorCode.InternalError, 'The client cancelled the call.');
    const result = await ask(question, options);
    answered += 1;
    if (progressToken !== undefined) {
      await mcpReq.notify({
        method: 'notifications/progress',
        params: { progressToken, progress: answered, message: `Questions answered by the graph: ${answered}.` },
      });
    }
    return result;
  };
}

/** Ends a call that has to be sent again with an answer of its user (2026-07-28, "Multi Round-Trip Requests"). */
export class NeedsApproval extends Error {
  readonly result: InputRequiredResult;

  constructor(message: string) {
    super(message);
    const requestedSchema = { type: 'object' as const, properties: {} };
    const approval = inputRequired.elicit({ mode: 'form', message, requestedSchema });
    this.result = inputRequired({ inputRequests: { approval } });
  }
}

/** Whether the client of a call can put a form before its user. A client of 2025 does not say so with its call. */
export function hasForms({ mcpReq }: ServerContext): boolean {
  const envelope: Readonly<Record<string, unknown>> = mcpReq.envelope ?? {};
  const { elicitation } = Object(envelope[CLIENT_CAPABILITIES_META_KEY]) as ClientCapabilities;
  // Without any mode, forms are meant.
  return elicitation !== undefined && (elicitation.form !== undefined || Object.keys(elicitation).length === 0);
}

/** Whether the user of a client approved. @throws NeedsApproval if the user was not asked yet */
export async function confirmBy({ mcpReq }: ServerContext, message: string): Promise<boolean> {
  const approval = mcpReq.inputResponses?.approval;
  if (!isObject(approval)) throw new NeedsApproval(message);
  return approval.action === 'accept';
}
