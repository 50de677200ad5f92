import type { JsonObject } from '../../../graphql/internal-client/json.ts';
import { citedQuestion } from '../../../graphql/internal-client/root-question.ts';
import { briefSelection } from '../../../graphql/internal-client/selections.ts';
import { limits } from '../../../graphql/limits.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { Tool } from '../tool.ts';
import { count, kinds, list, relations, slug, slugs } from './arguments.ts';

export const hopSelection = 'relation direction properties { name value } from { slug } to { slug }';

const truncated = 'truncated { reason atDepth leftOut { relation count } }';

export interface Hop extends JsonObject {
  readonly relation: string;
  readonly from: { readonly slug: string; readonly sources?: readonly number[] };
  readonly to: { readonly slug: string };
  readonly properties?: readonly { readonly name: string; readonly value: unknown }[];
  readonly sources?: readonly number[];
}

/** A relation as `from relation to`, whichever way it was read. Without sources of its own it rests on those of its start. */
export const stated = ({ relation, from, to, properties = [], sources = from.sources }: Hop) => ({
  from: from.slug,
  relation,
  to: to.slug,
  ...(properties.length === 0
    ? {}
    : { properties: Object.fromEntries(properties.map(({ name, value }) => [name, value])) }),
  ...(sources ? { sources } : {}),
});

const walkedKinds = (ontology: Ontology) => kinds(ontology, 'Only through entities of these kinds.');

export const createFindPaths = (ontology: Ontology): Tool => ({
  name: 'find_paths',
  title: 'Find how two entities are connected',
  drawn: true,
  description:
    'Returns the shortest paths between two entities, each relation with its sources. Set `avoidHubs` (for example 150) to ignore entities that are related to almost everything and explain little.',
  properties: {
    from: slug('Slug of the start.'),
    to: slug('Slug of the end.'),
    maxHops: count('Maximum number of relations on a path; default 4.', 6),
    limit: count('Maximum number of paths; default 3.', limits.paths),
    avoidHubs: count('Ignores entities between the ends with more relations than this.', 1_000_000),
    via: slugs('Paths must pass through these entities.', 5),
    avoid: slugs('Paths must not pass through these entities.', 100),
    relations: relations('Only along these relations.'),
    kinds: walkedKinds(ontology),
  },
  required: ['from', 'to'],
  answer: {
    paths: list('Paths, shortest first: their entities and relations.'),
    truncated: { type: 'object', description: 'Why there may be more paths.' },
  },
  async run(args, { find, ...asked }) {
    const selection = `{ ${truncated} paths { length entities: nodes { ${briefSelection(ontology)} } hops { ${hopSelection} } } }`;
    const { value, sources = [] } = await find(citedQuestion(asked, 'paths', { limit: 3, ...args }, selection));
    const { paths = [], ...rest } = value.paths as {
      paths?: { length: number; entities: JsonObject[]; hops?: Hop[] }[];
    };
    const shown = paths.map(({ hops = [], ...path }) => ({ ...path, relations: hops.map(stated) }));
    return { value: { paths: shown, ...rest }, sources };
  },
});

export const createNeighborhood = (ontology: Ontology): Tool => ({
  name: 'neighborhood',
  title: 'Get what surrounds entities',
  drawn: true,
  description:
    'Returns the entities around one or more others, nearest first, with the relations between them and their sources. For the details of one entity use `get_entities`.',
  properties: {
    of: slugs('Slugs of the entities in the middle.', limits.neighborhoodStarts),
    depth: count('Maximum number of relations from the middle; default 1.', 3),
    limit: count('Maximum number of entities; default 30.', 200),
    relations: relations('Only along these relations.'),
    kinds: kinds(ontology, 'Only entities of these kinds.'),
  },
  required: ['of'],
  answer: {
    entities: list('Entities, nearest first.'),
    relations: list('Relations between them.'),
    truncated: { type: 'object', description: 'What was left out, by relation.' },
  },
  async run(args, { find, ...asked }) {
    const selection = `{ ${truncated} entities: nodes { ${briefSelection(ontology)} } relations: edges { ${hopSelection} } }`;
    const { value, sources = [] } = await find(citedQuestion(asked, 'neighborhood', { limit: 30, ...args }, selection));
    const { relations: hops = [], ...rest } = value.neighborhood as { relations?: Hop[] };
    return { value: { ...rest, relations: hops.map(stated) }, sources };
  },
});
