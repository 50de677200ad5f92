import cytoscape from 'cytoscape';
import { MultiDirectedGraph as Graph } from 'graphology';
import gexf from 'graphology-gexf';
import graphml from 'graphology-graphml';
import { beforeAll, describe, expect, it } from 'vitest';
import { seeds } from '../../setup/seeds.ts';
import { linkedServer } from '../linked-data/http/linked-server.ts';

const { server } = linkedServer();
const { get } = server;

const entities = Object.values(seeds.entities).flat().length;

/** Both readers of graphology make a graph in which two nodes may have several edges. */
const readers = { gexf, graphml } as unknown as Record<string, { parse(kind: typeof Graph, text: string): Graph }>;

const parse = (format: string, text: string): Graph => {
  const reader = readers[format];
  if (!reader) throw new Error(`No reader of ${format}.`);
  return reader.parse(Graph, text);
};

const ask = async (query: string, format: string) =>
  server.fetch('/export', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, format }),
  });

const LAB = 'china-kenya-joint-laboratory-for-crop-molecular-biology';

describe.each(['graphml', 'gexf'])('the whole graph as %s', (format) => {
  let graph: Graph;
  beforeAll(async () => {
    graph = parse(format, await (await get(`/export?format=${format}`)).text());
  }, 60_000);

  it('has every entity as a node and every relation as an edge, by a reader of the format', () => {
    expect([graph.order, graph.size]).toEqual([entities, seeds.relations.length]);
  });

  it('has their names, kinds, places and properties', () => {
    const lab = seeds.entities.Lab.find(({ id }) => id === LAB);
    const [place] = seeds.locations.filter(({ entity }) => entity === 'ke');
    expect(graph.getNodeAttributes(LAB)).toMatchObject({
      label: lab?.name,
      kind: 'Lab',
      inScope: true,
      description: lab?.description,
    });
    expect(graph.getNodeAttributes('ke')).toMatchObject({ latitude: place?.latitude, longitude: place?.longitude });
    const edge = graph.edges(LAB, 'ke').map((key) => graph.getEdgeAttributes(key).relation);
    expect(edge).toContain('PARTNERS_WITH');
  });
});

describe('a property with the name of an attribute that the file adds', () => {
  it('gets a name of its own, as igraph refuses a file that declares an attribute twice', async () => {
    const text = await (await get('/export?format=graphml')).text();
    const declared = [...text.matchAll(/<key id="([^"]+)"/g)].map(([, id]) => id);
    expect(declared).toHaveLength(new Set(declared).size);
    const figure = seeds.entities.Indicator.find(({ label }) => label !== undefined);
    expect(parse('graphml', text).getNodeAttributes(figure?.id)).toMatchObject({
      label: figure?.name,
      label_: figure?.label,
    });
  });
});

describe('the whole graph as gexf, in Gephi', () => {
  it('keeps edges of different types between the same two nodes, by their kinds', async () => {
    const text = await (await get('/export?format=gexf')).text();
    const edges = [...text.matchAll(/<edge [^>]*source="([^"]+)" target="([^"]+)"[^>]* kind="([^"]+)"/g)];
    expect(new Set(edges.map((edge) => edge.slice(1).join(' '))).size).toBe(seeds.relations.length);
  });
});

describe('a part of the graph', () => {
  it('is the neighbourhood of an entity, as Cytoscape JSON that Cytoscape opens', async () => {
    const { elements } = await (await get(`/export?format=cyjs&of=${LAB}&depth=1`)).json();
    const opened = cytoscape({ headless: true, elements });
    const neighbors = new Set(
      seeds.relations.flatMap(({ type, from, to }) =>
        type === 'CITES' || type === 'STATED_AT' ? [] : from === LAB ? [to] : to === LAB ? [from] : [],
      ),
    );
    expect(new Set(opened.nodes().map((node) => node.id()))).toEqual(new Set([LAB, ...neighbors]));
    expect(opened.getElementById(LAB).data('name')).toContain('Crop Molecular Biology');
    expect(opened.edges().length).toBeGreaterThanOrEqual(neighbors.size);
  });

  it('is what a query returns, with the relations between its entities', async () => {
    const query = `{ lab(slug: "${LAB}") { slug partnerCountries { nodes { id } } sources { nodes { slug } } } }`;
    for (const format of ['gexf', 'graphml']) {
      const graph = parse(format, await (await ask(query, format)).text());
      const cited = seeds.relations.filter(({ type, from }) => type === 'CITES' && from === LAB);
      expect(new Set(graph.nodes())).toEqual(new Set([LAB, 'ke', ...cited.map(({ to }) => to)]));
      expect(graph.edges(LAB, 'ke')).toHaveLength(1);
    }
  });

  it.each([
    ['/export?format=gexf&of=nowhere', 'nowhere'],
    ['/export?format=gexf&of=ke&depth=9', 'from 1 to 3'],
    ['/export?format=gexf&of=ke&limit=1e9', 'from 1 to 2000'],
    [`/export?format=gexf&of=${Array.from({ length: 21 }, (_, index) => `a${index}`).join(',')}`, 'at most 20'],
    ['/export?format=json&of=ke', 'graph files'],
    ['/export?format=gexf&kind=LAB', 'whole graph'],
  ])('is refused in words: %s', async (path, words) => {
    const response = await get(path);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(words);
  });

  it('is refused for a query whose result has no entity', async () => {
    const response = await ask('{ labs { totalCount } }', 'gexf');
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('Select the `slug`');
  });
});
