import { dataOf } from '../../../graphql/internal-client/ask.ts';
import type { JsonObject } from '../../../graphql/internal-client/json.ts';
import { beginningOf } from '../../../ontology/plain-text.ts';
import type { Tool } from '../tool.ts';

/** Characters of one operation that are shown. */
const LONGEST = 300;

const DECLINED = 'The user did not approve these changes, and nothing was changed.';

/** A text in one line, so that it cannot look like another operation, with how much of it is not shown. */
function inLine(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  if (line.length <= LONGEST) return line;
  const shown = beginningOf(line, LONGEST);
  return `${shown}… (${line.length - shown.length} more characters)`;
}

/** The operations as a person reads them before they are applied. */
function summaryOf({ operations = [], reason = '' }: JsonObject): string {
  const lines = (operations as readonly Readonly<Record<string, unknown>>[]).flatMap((operation) =>
    Object.entries(operation).map(([name, input]) => `- ${inLine(`${name} ${JSON.stringify(input)}`)}`),
  );
  return [`Apply these changes to the graph? Reason: ${inLine(String(reason))}`, ...lines].join('\n');
}

export const createChangeGraph = (): Tool => ({
  name: 'change_graph',
  title: 'Change the graph',
  withoutSources: true,
  description:
    'Applies up to 20 operations in one transaction, all or nothing. Call it with `dryRun` first, show what would change, and ask the user before you apply it; where the client can, the server asks, too. Each operation is an object with one key of the GraphQL input `OperationInput`, such as {"update": {"<kind>": {"id": "<slug>", …}}} or {"link": {"<relation>": {"from": "…", "to": "…"}}}, names in camel case.',
  properties: {
    operations: {
      type: 'array',
      items: { type: 'object', minProperties: 1, maxProperties: 1 },
      minItems: 1,
      maxItems: 20,
    },
    dryRun: { type: 'boolean', description: 'Only check, and report what would change. Default: true.' },
    reason: { type: 'string', minLength: 1, maxLength: 500, description: 'Why, for the change log; name the source.' },
    idempotencyKey: {
      type: 'string',
      minLength: 1,
      maxLength: 100,
      description: 'Repeating it changes nothing twice.',
    },
  },
  required: ['operations', 'reason'],
  answer: {
    applied: { type: 'boolean' },
    errors: { type: 'array', items: { type: 'object' } },
    results: { type: 'array', items: { type: 'object' }, description: 'Outcome of each operation.' },
  },
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false },
  writes: true,
  async run({ dryRun = true, ...args }, { ask, confirm }) {
    if (dryRun !== true && confirm && !(await confirm(summaryOf(args)))) {
      return { value: { applied: false, errors: [{ code: 'DECLINED', message: DECLINED }], results: [] } };
    }
    const query = `mutation McpChangeGraph($input: TransactionInput!) { transaction(input: $input) { dryRun errors { code message path } results { operation outcome revision entity { slug } } } }`;
    const data = dataOf(await ask({ query, variables: { input: { ...args, dryRun } } }, { isOwnDocument: true }));
    const { errors = [], results = [] } = data.transaction as { errors?: JsonObject[]; results?: JsonObject[] };
    return { value: { applied: dryRun !== true && errors.length === 0, errors, results } };
  },
});
