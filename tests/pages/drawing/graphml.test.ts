import Graph from 'graphology';
import graphml from 'graphology-graphml';
import { describe, expect, it } from 'vitest';
import type { Card, Hop } from '../../../src/pages/drawing/answers.ts';
import { graphmlOf } from '../../../src/pages/drawing/graphml.ts';

const card = (slug: string, more: object): Card => ({ __typename: 'Lab', slug, name: slug, ...more });
const hop = (to: string, value: unknown): Hop => ({
  relation: 'PARTNERS_WITH',
  from: { slug: 'a' },
  to: { slug: to },
  properties: [{ name: 'since', value }],
  sources: [
    { slug: 's1', name: 'S' },
    { slug: 's2', name: 'T' },
  ],
});

const read = (nodes: readonly Card[], edges: readonly Hop[]) => graphml.parse(Graph, graphmlOf({ nodes, edges }));

describe('a graph as GraphML', () => {
  it('is read by other programs with its entities, relations and values', () => {
    const graph = read(
      [
        card('a', { year: 2020, nameZh: '甲', tags: ['x', 'y'], place: { x: 1 }, empty: null }),
        card('b', { isOpen: true }),
      ],
      [hop('b', 2019)],
    );
    expect(graph.getNodeAttributes('a')).toEqual({ label: 'a', kind: 'Lab', year: 2020, nameZh: '甲', tags: 'x; y' });
    expect(graph.getNodeAttributes('b')).toEqual({ label: 'b', kind: 'Lab', isOpen: true });
    const [edge = ''] = graph.directedEdges();
    expect(graph.extremities(edge)).toEqual(['a', 'b']);
    expect(graph.getEdgeAttributes(edge)).toEqual({ relation: 'PARTNERS_WITH', since: 2019, sources: 's1; s2' });
  });

  it('survives markup and control characters, and makes text of what has several types', () => {
    const graph = read([card('a', { note: '<b>&"\u0001' }), card('b', { note: 7 })], [hop('b', null)]);
    expect(graph.getNodeAttribute('a', 'note')).toBe('<b>&"');
    expect(graph.getNodeAttribute('b', 'note')).toBe('7');
  });
});
