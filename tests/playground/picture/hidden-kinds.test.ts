import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { hiddenKinds, sourceKindOf } from '../../../src/playground/picture/hidden-kinds.ts';
import { card } from '../../web/cards.ts';

const graphOf = (...kinds: readonly string[]) => ({
  nodes: kinds.map((kind, index) => card(`n${index}`, { __typename: kind })),
  edges: [],
});
const hidden = (kinds: readonly string[], chosen: Readonly<Record<string, boolean>> = {}) => [
  ...hiddenKinds(graphOf(...kinds), new Map(Object.entries(chosen)), 'Source'),
];

describe('the kinds that a picture leaves out', () => {
  it('are those of sources, which the schema tells', () => {
    const schema = buildSchema(
      'type Hop { sources: [Reference!]! } type Reference { name: String } type Query { hop: Hop }',
    );
    expect(sourceKindOf(schema)).toBe('Reference');
    expect(sourceKindOf(buildSchema('type Hop { relation: String } type Query { hop: Hop }'))).toBeUndefined();
    expect(sourceKindOf(undefined)).toBeUndefined();
  });

  it('are sources at first, unless there is nothing else', () => {
    expect(hidden(['Lab', 'Source', 'Country'])).toEqual(['Source']);
    expect(hidden(['Source', 'Source'])).toEqual([]);
    expect(hidden([])).toEqual([]);
  });

  it('are those that somebody chose not to see, even all of them', () => {
    expect(hidden(['Lab', 'Source'], { Source: true })).toEqual([]);
    expect(hidden(['Lab', 'Country'], { Lab: false, Country: false })).toEqual(['Lab', 'Country']);
    expect(hidden(['Lab', 'Source'], { Lab: false })).toEqual(['Lab', 'Source']);
    expect(hidden(['Source'], { Source: false })).toEqual(['Source']);
  });

  it('have nothing to do with what was chosen of kinds that are not there', () => {
    expect(hidden(['Source'], { Lab: false })).toEqual([]);
  });
});
