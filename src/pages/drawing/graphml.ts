import type { Card, Hop } from './answers.ts';
import { hopKey, type Piece } from './piece.ts';
import { xmlText } from './xml-text.ts';

type Value = string | number | boolean;
type Values = ReadonlyMap<string, Value>;

/** What a program for graphs takes as a value: lists are joined, and what has parts is left out. */
function plainValue(value: unknown): Value | undefined {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (!Array.isArray(value) || value.length === 0) return undefined;
  return value.every((one) => typeof one === 'string' || typeof one === 'number') ? value.join('; ') : undefined;
}

const valuesOf = (entries: readonly (readonly [string, unknown])[]): Values =>
  new Map(
    entries.flatMap(([name, value]) => {
      const plain = plainValue(value);
      return plain === undefined || plain === '' ? [] : [[name, plain] as const];
    }),
  );

const nodeValues = ({ __typename, slug: _, name, ...rest }: Card) =>
  valuesOf([['label', name], ['kind', __typename], ...Object.entries(rest)]);

const edgeValues = ({ relation, properties, sources = [] }: Hop) =>
  valuesOf([
    ['relation', relation],
    ...properties
      .filter(({ name }) => name !== 'relation' && name !== 'sources')
      .map(({ name, value }) => [name, value] as const),
    ['sources', sources.map(({ slug }) => slug)],
  ]);

/** The types of all attributes; what has values of several types is text. */
function typesOf(all: readonly Values[]): ReadonlyMap<string, string> {
  const types = new Map<string, string>();
  const typeOf = (value: Value) => (typeof value === 'number' ? 'double' : typeof value);
  for (const values of all) {
    for (const [name, value] of values) {
      const type = typeOf(value);
      types.set(name, (types.get(name) ?? type) === type ? type : 'string');
    }
  }
  return types;
}

const keys = (of: 'node' | 'edge', all: readonly Values[]) =>
  [...typesOf(all)]
    .map(
      ([name, type]) =>
        `<key id="${of}-${xmlText(name)}" for="${of}" attr.name="${xmlText(name)}" attr.type="${type}"/>\n`,
    )
    .join('');

const data = (of: 'node' | 'edge', values: Values) =>
  [...values].map(([name, value]) => `<data key="${of}-${xmlText(name)}">${xmlText(String(value))}</data>`).join('');

/** Entities and relations as GraphML, with the names of the export of the server. */
export function graphmlOf({ nodes, edges }: Pick<Piece, 'nodes' | 'edges'>): string {
  const [ofNodes, ofEdges] = [nodes.map(nodeValues), edges.map(edgeValues)];
  const drawn = [
    ...nodes.map(
      ({ slug }, index) => `<node id="${xmlText(slug)}">${data('node', ofNodes[index] ?? new Map())}</node>\n`,
    ),
    ...edges.map(
      (edge, index) =>
        `<edge id="${xmlText(hopKey(edge))}" source="${xmlText(edge.from.slug)}" target="${xmlText(edge.to.slug)}">${data('edge', ofEdges[index] ?? new Map())}</edge>\n`,
    ),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n${keys('node', ofNodes)}${keys('edge', ofEdges)}<graph id="graph" edgedefault="directed">\n${drawn.join('')}</graph>\n</graphml>\n`;
}
