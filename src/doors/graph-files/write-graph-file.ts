import { escapeXml } from '../../ontology/escape-markup.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Location, RelationRecord } from '../../ontology/records.ts';
import { type Attribute, edgeAttributes, nodeAttributes, textOfValue } from './attributes.ts';
import type { FileEntity, GraphContents } from './graph-contents.ts';

/** Formats of programs for graphs, by the ending of their files. */
export const graphFileFormats = ['graphml', 'gexf', 'cyjs'] as const;

export type GraphFileFormat = (typeof graphFileFormats)[number];

/** Their media types. */
export const graphFileTypes: Readonly<Record<GraphFileFormat, string>> = {
  graphml: 'application/graphml+xml; charset=utf-8',
  gexf: 'application/gexf+xml; charset=utf-8',
  cyjs: 'application/json; charset=utf-8',
};

type Values = ReadonlyMap<string, unknown>;

interface FileNode {
  readonly id: string;
  readonly label: string;
  readonly values: Values;
}

interface FileEdge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly label: string;
  readonly values: Values;
}

/** The parts of a file of one format. */
interface Writer {
  readonly before: (nodes: readonly Attribute[], edges: readonly Attribute[]) => string;
  readonly node: (node: FileNode, isFirst: boolean) => string;
  readonly between: string;
  readonly edge: (edge: FileEdge, isFirst: boolean) => string;
  readonly after: string;
}

/** Text in XML, which keeps tabs and ends of lines only as references. */
const xml = (text: string): string => escapeXml(text).replace(/[\t\n\r]/g, (char) => `&#${char.charCodeAt(0)};`);

const graphml = (): Writer => {
  const data = (prefix: string, values: Values) =>
    [...values].map(([name, value]) => `<data key="${prefix}${xml(name)}">${xml(textOfValue(value))}</data>`).join('');
  const keys = (attributes: readonly Attribute[], of: 'node' | 'edge') =>
    attributes
      .map(
        ({ name, type }) =>
          `<key id="${of === 'node' ? 'n-' : 'e-'}${xml(name)}" for="${of}" attr.name="${xml(name)}" attr.type="${type}"/>\n`,
      )
      .join('');
  return {
    before: (nodes, edges) =>
      `<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n${keys(
        [{ name: 'label', type: 'string' }, ...nodes],
        'node',
      )}${keys([{ name: 'label', type: 'string' }, ...edges], 'edge')}<graph id="graph" edgedefault="directed">\n`,
    node: ({ id, label, values }) =>
      `<node id="${xml(id)}">${data('n-', new Map([['label', label], ...values]))}</node>\n`,
    between: '',
    edge: ({ id, source, target, label, values }) =>
      `<edge id="${xml(id)}" source="${xml(source)}" target="${xml(target)}">${data('e-', new Map([['label', label], ...values]))}</edge>\n`,
    after: '</graph>\n</graphml>\n',
  };
};

const gexfTypes = { string: 'string', int: 'integer', double: 'double', boolean: 'boolean' } as const;

/** Gephi takes edges between the same two nodes for one edge unless their `kind` differs (GEXF 1.3). */
const gexf = (): Writer => {
  const declared = (attributes: readonly Attribute[], of: 'node' | 'edge') =>
    `<attributes class="${of}">\n${attributes
      .map(({ name, type }) => `<attribute id="${xml(name)}" title="${xml(name)}" type="${gexfTypes[type]}"/>\n`)
      .join('')}</attributes>\n`;
  const values = (all: Values) =>
    `<attvalues>${[...all]
      .map(([name, value]) => `<attvalue for="${xml(name)}" value="${xml(textOfValue(value))}"/>`)
      .join('')}</attvalues>`;
  return {
    before: (nodes, edges) =>
      `<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n<graph defaultedgetype="directed" mode="static">\n${declared(nodes, 'node')}${declared(edges, 'edge')}<nodes>\n`,
    node: ({ id, label, values: all }) => `<node id="${xml(id)}" label="${xml(label)}">${values(all)}</node>\n`,
    between: '</nodes>\n<edges>\n',
    edge: ({ id, source, target, label, values: all }) =>
      `<edge id="${xml(id)}" source="${xml(source)}" target="${xml(target)}" label="${xml(label)}" kind="${xml(label)}">${values(all)}</edge>\n`,
    after: '</edges>\n</graph>\n</gexf>\n',
  };
};

/** The elements of Cytoscape (https://js.cytoscape.org/#notation/elements-json). */
const cyjs = (): Writer => {
  const element = (fields: object, values: Values, isFirst: boolean) =>
    `${isFirst ? '' : ',\n'}${JSON.stringify({ data: { ...Object.fromEntries(values), ...fields } })}`;
  return {
    before: () => '{"data":{},"elements":{"nodes":[\n',
    node: ({ id, label, values }, isFirst) => element({ id, name: label }, values, isFirst),
    between: '\n],"edges":[\n',
    edge: ({ id, source, target, label, values }, isFirst) =>
      element({ id, source, target, interaction: label }, values, isFirst),
    after: '\n]}}\n',
  };
};

const writers: Readonly<Record<GraphFileFormat, () => Writer>> = { graphml, gexf, cyjs };

function nodeOf({ kind, record }: FileEntity, attributes: readonly Attribute[]): FileNode {
  const { id, name } = record;
  const [place] = Array.isArray(record.locations) ? (record.locations as readonly Location[]) : [];
  const own = { kind, latitude: place?.latitude, longitude: place?.longitude };
  return { id, label: String(name ?? id), values: present(attributes, own, record) };
}

function edgeOf(relation: RelationRecord, attributes: readonly Attribute[]): FileEdge {
  const { type, from, to, properties = {}, sources } = relation;
  return {
    id: `${type} ${from} ${to}`,
    source: from,
    target: to,
    label: type,
    values: present(attributes, { relation: type, sources }, properties),
  };
}

const present = (
  attributes: readonly Attribute[],
  own: Readonly<Record<string, unknown>>,
  properties: Readonly<Record<string, unknown>>,
): Values =>
  new Map(
    attributes.flatMap(({ name, property }) => {
      const value = property === undefined ? own[name] : properties[property];
      return value === undefined || value === null ? [] : [[name, value] as const];
    }),
  );

/** Size of a part in characters. */
const PART = 65_536;

/** A graph file, part by part: every entity is a node, every relation a directed edge. */
export async function* writeGraphFile(
  ontology: Ontology,
  format: GraphFileFormat,
  { entities, relations }: GraphContents,
): AsyncGenerator<string> {
  const writer = writers[format]();
  const [nodes, edges] = [nodeAttributes(ontology), edgeAttributes(ontology)];
  let text = writer.before(nodes, edges);
  let isFirst = true;
  for await (const entity of entities) {
    text += writer.node(nodeOf(entity, nodes), isFirst);
    isFirst = false;
    if (text.length < PART) continue;
    yield text;
    text = '';
  }
  text += writer.between;
  isFirst = true;
  for await (const relation of relations) {
    text += writer.edge(edgeOf(relation, edges), isFirst);
    isFirst = false;
    if (text.length < PART) continue;
    yield text;
    text = '';
  }
  yield text + writer.after;
}
