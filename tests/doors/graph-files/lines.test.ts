import { MultiDirectedGraph as Graph } from 'graphology';
import gexf from 'graphology-gexf';
import graphml from 'graphology-graphml';
import { expect, it } from 'vitest';
import { writeGraphFile } from '../../../src/doors/graph-files/write-graph-file.ts';
import { bookshop } from '../../setup/bookshop.ts';

type Reader = { parse(kind: typeof Graph, text: string): Graph };
const readers = { gexf, graphml } as unknown as Readonly<Record<'gexf' | 'graphml', Reader>>;

it.each(['gexf', 'graphml'] as const)('a text of several lines keeps them in %s', async (format) => {
  const name = 'First line.\r\nSecond line.\tEnd.';
  const [type = ''] = bookshop.ontology.relationTypes;
  const entities = [{ kind: 'Author', record: { id: 'one', name } }];
  const relations = [{ type, from: 'one', to: 'one' }];
  let text = '';
  for await (const part of writeGraphFile(bookshop.ontology, format, { entities, relations })) text += part;
  expect(readers[format].parse(Graph, text).getNodeAttribute('one', 'label')).toBe(name);
});
