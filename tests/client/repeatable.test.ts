import { describe, expect, it } from 'vitest';
import { isRepeatable } from '../../src/client/repeatable.ts';

describe('an operation', () => {
  it.each<[string, object?]>([
    ['{ labs { totalCount } }'],
    ['# no mutation\nquery mutation { labs { totalCount } }'],
    ['mutation { updateLab(input: {id: "a", idempotencyKey: "k"}) { outcome } }'],
    ['mutation ($input: UpdateLabInput!) { updateLab(input: $input) { outcome } }', { input: { idempotencyKey: 'k' } }],
    [
      'mutation ($key: String) { __typename updateLab(input: {id: "a", idempotencyKey: $key}) { outcome } }',
      { key: 'k' },
    ],
  ])('may be repeated: %s', (text, variables) => {
    expect(isRepeatable(text, variables)).toBe(true);
  });

  it.each<[string, object?]>([
    ['mutation { updateLab(input: {id: "a"}) { outcome } }'],
    ['mutation { updateLab(input: {id: "a", idempotencyKey: ""}) { outcome } }'],
    ['mutation { updateLab(input: {id: "a", idempotencyKey: null}) { outcome } }'],
    ['mutation ($input: UpdateLabInput!) { updateLab(input: $input) { outcome } }', { input: { id: 'a' } }],
    ['mutation ($input: UpdateLabInput!) { updateLab(input: $input) { outcome } }'],
    ['mutation ($key: String) { updateLab(input: {id: "a", idempotencyKey: $key}) { outcome } }', { other: 'k' }],
    ['mutation ($constructor: String) { updateLab(input: {idempotencyKey: $constructor}) { outcome } }'],
    // One of two has none.
    ['mutation { a: updateLab(input: {idempotencyKey: "k"}) { outcome } b: updateLab(input: {id: "b"}) { outcome } }'],
    // What a fragment asks for is not looked at.
    ['mutation { ...F } fragment F on Mutation { updateLab(input: {idempotencyKey: "k"}) { outcome } }'],
    // A word in a text is no key.
    ['mutation { updateLab(input: {id: "a", reason: "idempotencyKey: 1"}) { outcome } }'],
    ['query A { labs { totalCount } } mutation B { deleteLab(input: {id: "a"}) { outcome } }'],
    ['mutation {'],
  ])('must not be repeated: %s', (text, variables) => {
    expect(isRepeatable(text, variables)).toBe(false);
  });
});
