import { type GetPromptResult, type Prompt, ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';

/** An example query; the comment at its top begins with the question that it answers. */
export interface CookbookEntry {
  readonly name: string;
  readonly query: string;
}

/** The question may take several lines. */
const questionOf = ({ query }: CookbookEntry) =>
  (/^# ([^?]*\??)/.exec(query)?.[1] ?? '').replace(/\n#? ?/g, ' ').trim();

/** The cookbook of a graph as prompts, each with its query. */
export function createPrompts(cookbook: readonly CookbookEntry[]) {
  return {
    prompts: (): readonly Prompt[] =>
      cookbook.map((entry) => ({
        name: entry.name,
        title: questionOf(entry),
        description: questionOf(entry),
        arguments: [
          { name: 'about', description: 'Ask the same about this entity or topic instead.', required: false },
        ],
      })),

    /** @throws ProtocolError if there is no such prompt */
    getPrompt(name: string, { about }: Record<string, string>): GetPromptResult {
      const entry = cookbook.find((each) => each.name === name);
      if (!entry)
        throw new ProtocolError(
          ProtocolErrorCode.InvalidParams,
          `There is no prompt ${name}. prompts/list lists them.`,
        );
      const question = about
        ? `Answer this question, but about ${JSON.stringify(about)}: ${questionOf(entry)} Find its slug with \`search\`, and change the query accordingly.`
        : questionOf(entry);
      const text = `${question}\n\nRun this query with the tool \`graphql\`, then answer in words and name the sources.\n\n${entry.query}`;
      return { description: questionOf(entry), messages: [{ role: 'user', content: { type: 'text', text } }] };
    },
  };
}
