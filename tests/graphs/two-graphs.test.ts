import { expect, it } from 'vitest';
import { cooperation } from '../../src/cooperation/ontology.ts';
import { schema } from '../setup/served.ts';
import graph from './library.ts';

it('two graphs live in one process, and neither knows the kinds of the other', () => {
  expect(graph.schema.getType('Book')).toBeDefined();
  expect(graph.schema.getType('Lab')).toBeUndefined();
  expect(schema.getType('Lab')).toBeDefined();
  expect(schema.getType('Book')).toBeUndefined();
  expect(cooperation.isKind('Book')).toBe(false);
});
