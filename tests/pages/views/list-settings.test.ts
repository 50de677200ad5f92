import { describe, expect, it } from 'vitest';
import cooperationGraph from '../../../src/cooperation/graph.ts';

describe('the columns of a list', () => {
  const { kinds } = cooperationGraph.explorer.settings;
  const columnsOf = (kind: string) => kinds[kind]?.list.columns.map(({ name, type }) => `${name}: ${type}`);

  it('begin with what a published figure says', () => {
    expect(columnsOf('Indicator')?.slice(0, 4)).toEqual([
      'value: float',
      'qualifier: value',
      'unit: text',
      'date: date',
    ]);
  });

  it('are what lists are narrowed by elsewhere, each once', () => {
    expect(columnsOf('Lab')?.slice(0, 2)).toEqual(['designation: value', 'status: value']);
    for (const { list } of Object.values(kinds))
      expect(new Set(list.columns.map(({ name }) => name)).size).toBe(list.columns.length);
  });
});
