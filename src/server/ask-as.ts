import { type Ask, type GraphqlResult, QuestionFailed } from '../graphql/internal-client/ask.ts';
import { type Forward, forwardQuestion } from './forwarded-question.ts';
import type { Carrier } from './request-state.ts';

/** Maximum size of the answer to one question, in characters. */
const LONGEST_ANSWER = 500_000;

/** Asks GraphQL in the name of a request of another protocol, through all plugins. */
export const askAs =
  (
    request: Request,
    carrier: Carrier,
    { forward, graphqlPath }: { readonly forward: Forward; readonly graphqlPath: string },
  ): Ask =>
  async (question, { isOwnDocument = false } = {}) => {
    const how = { body: question, graphqlPath, forward, isTrusted: isOwnDocument };
    const text = await (await forwardQuestion(request, carrier, how)).text();
    if (text.length <= LONGEST_ANSWER) return JSON.parse(text) as GraphqlResult;
    throw new QuestionFailed(
      'LIMIT_EXCEEDED',
      `The answer has ${text.length} characters. Request less: fewer fields, or a smaller \`first\`.`,
    );
  };
