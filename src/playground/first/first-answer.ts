import { say } from '../../drawing/say.ts';
import { chosenOperation } from '../questions/chosen-operation.ts';
import type { Exchange, Question } from '../requests/exchange.ts';
import { kindOf } from '../requests/kind-of.ts';
import { send } from '../requests/send.ts';
import type { FirstText } from './first-text.ts';

/** An exchange and its text; `later` for a subscription, whose events GraphiQL follows. */
export type Answer = { readonly exchange?: Exchange; readonly shown?: string } | 'later';

const inLines = (value: unknown) => JSON.stringify(value, null, 2);

const refusal = (message: string): Answer => ({ shown: inLines({ errors: [{ message }] }) });

function variablesIn(text: string): Readonly<Record<string, unknown>> | undefined {
  return text.trim() === '' ? undefined : (JSON.parse(text) as Readonly<Record<string, unknown>>);
}

/** Sends the query of the first editor. */
export async function ask(
  { query, variables, operationName: wanted }: FirstText,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Answer> {
  const operationName = chosenOperation(query, wanted);
  let question: Question;
  try {
    const values = variablesIn(variables);
    question = { query, ...(values && { variables: values }), ...(operationName && { operationName }) };
  } catch {
    return refusal(say('The variables are not a JSON object. Correct them below the query.'));
  }
  const kind = kindOf(question);
  if (kind === 'subscription') return 'later';
  try {
    const answered = await send(question, headers, signal);
    return { exchange: { question, kind, headers, ...answered }, shown: inLines(answered.result) };
  } catch (error) {
    return refusal(error instanceof Error ? error.message : String(error));
  }
}
