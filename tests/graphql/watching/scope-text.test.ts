import { expect, it } from 'vitest';
import cooperationGraph from '../../../src/cooperation/graph.ts';
import { readScope } from '../../../src/graphql/watching/scope-text.ts';

const { schema, ontology } = cooperationGraph;
const read = (text: string) => readScope(schema, ontology, text);

it('scopes are read once, as long as they are short together: anybody may ask for a feed of any', () => {
  const first = read('kinds: [LAB]');
  expect(read('kinds: [LAB]')).toBe(first);
  for (let number = 0; number < 150; number += 1) {
    read(`filter: { area: { name: { eq: "${String(number).padStart(9_000)}" } } }`);
  }
  expect(read('kinds: [LAB]')).toEqual(first);
  expect(read('kinds: [LAB]')).not.toBe(first);
});
