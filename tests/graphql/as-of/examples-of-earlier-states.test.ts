import { readdirSync, readFileSync } from 'node:fs';
import { parse, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { expect, it } from 'vitest';
import cooperationGraph from '../../../src/cooperation/graph.ts';
import { earlierStatesOf } from '../../../src/graphql/declarations/earlier-states.ts';
import { askingState, heldSeeds } from '../../setup/seeds-in-memory.ts';

const folder = new URL('../../../examples/', import.meta.url);
const ask = askingState(heldSeeds());

/** Whether all that a question asks is answered of earlier states as of today, which search, by names alone there, is not. */
function isOfAnyState(text: string): boolean {
  const types = new TypeInfo(cooperationGraph.schema);
  let isOfAny = true;
  visit(
    parse(text),
    visitWithTypeInfo(types, {
      Field() {
        const field = types.getFieldDef();
        if (field && (earlierStatesOf(field) === false || field.name === 'search')) isOfAny = false;
      },
    }),
  );
  return isOfAny;
}

const examples = readdirSync(folder)
  .filter((name) => name.endsWith('.graphql'))
  .map((name) => [name, readFileSync(new URL(name, folder), 'utf8')] as const)
  .filter(([, text]) => isOfAnyState(text));

it.each(examples)('%s has the same answer of a state in memory as of today', async (name, text) => {
  const { data, errors } = await ask(text);
  expect(errors).toBeUndefined();
  const answer = readFileSync(new URL(name.replace(/graphql$/, 'json'), folder), 'utf8');
  expect(`${JSON.stringify(data, null, 2)}\n`).toBe(answer);
});

const page = readFileSync(new URL('../../../docs/history.md', import.meta.url), 'utf8');
const documented = [...page.matchAll(/```graphql\n(query (\w+Then)\b[\s\S]*?)```/g)].map(
  ([, text = '', name = '']) => [name, text] as const,
);

it('are documented for each way to ask', () => {
  expect(documented).toHaveLength(7);
});

it.each(documented)('%s, as documented, finds something in a state in memory', async (_, text) => {
  const { data, errors } = await ask(text);
  expect(errors).toBeUndefined();
  expect(JSON.stringify(data)).toMatch(/"name":"|"value":"|"count":[1-9]/);
});
