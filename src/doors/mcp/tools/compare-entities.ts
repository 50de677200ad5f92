import type { JsonObject } from '../../../graphql/internal-client/json.ts';
import { citedQuestion } from '../../../graphql/internal-client/root-question.ts';
import { briefSelection } from '../../../graphql/internal-client/selections.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { Tool } from '../tool.ts';
import { count, kinds, list, relations, slug, slugs } from './arguments.ts';

export const createFindSimilar = (ontology: Ontology): Tool => ({
  name: 'find_similar',
  title: 'Find similar entities',
  drawn: true,
  description:
    'Returns the entities of the same kind that share most with one entity, and what they share. Rare things in common count more than common ones.',
  properties: {
    to: slug('Slug of the entity.'),
    limit: count('Maximum number of entities; default 5.', 50),
    relations: relations('Compare only these relations.'),
  },
  required: ['to'],
  answer: { results: list('Entities, most similar first, with what they share.') },
  async run(args, { find, ...asked }) {
    const brief = briefSelection(ontology);
    const selection = `{ score sharedCount entity { ${brief} } sharedBecause { relation entity { ${brief} } } }`;
    const { value, sources = [] } = await find(citedQuestion(asked, 'similar', { limit: 5, ...args }, selection));
    const found = (value.similar ?? []) as {
      score: number;
      entity: JsonObject;
      sharedBecause?: { relation: string; entity: JsonObject }[];
    }[];
    const results = found.map(({ entity, score, sharedBecause = [], ...rest }) => ({
      ...entity,
      score: Math.round(score * 1_000) / 1_000,
      ...rest,
      shared: sharedBecause.map((shared) => ({ relation: shared.relation, ...shared.entity })),
    }));
    return { value: { results }, sources };
  },
});

export const createCompareEntities = (ontology: Ontology): Tool => ({
  name: 'compare_entities',
  title: 'Compare entities',
  drawn: true,
  description:
    'Returns what two to five entities share, how they differ, and the values of their properties side by side.',
  properties: {
    ids: { ...slugs('Slugs of the entities.', 5), minItems: 2 },
    kinds: kinds(ontology, 'Only neighbours of these kinds.'),
    relations: relations('Compare only these relations.'),
  },
  required: ['ids'],
  answer: {
    entities: list('The entities.'),
    shared: list('What all of them are related to.'),
    differing: list('For each entity, what not all are related to.'),
    properties: list('Properties with the value of each entity.'),
  },
  async run(args, { find, ...asked }) {
    const brief = briefSelection(ontology);
    const related = `{ relation direction entity { ${brief} } }`;
    const selection = `{ entities { ${brief} } shared ${related} differing { entity { slug } neighbors ${related} } properties { name same values { entity { slug } value } } }`;
    const { value, sources = [] } = await find(citedQuestion(asked, 'compare', args, selection));
    type Related = { relation: string; direction: string; entity: JsonObject };
    const {
      entities = [],
      shared = [],
      differing = [],
      properties = [],
    } = value.compare as {
      entities?: JsonObject[];
      shared?: Related[];
      differing?: { entity: { slug: string }; neighbors?: Related[] }[];
      properties?: { name: string; same: boolean; values?: { entity: { slug: string }; value?: unknown }[] }[];
    };
    const flat = ({ entity, ...rest }: Related) => ({ ...rest, ...entity });
    return {
      value: {
        entities,
        shared: shared.map(flat),
        differing: differing.map(({ entity, neighbors = [] }) => ({ of: entity.slug, neighbors: neighbors.map(flat) })),
        properties: properties.map(({ name, same, values = [] }) => ({
          name,
          same,
          values: Object.fromEntries(values.map(({ entity, value: each }) => [entity.slug, each ?? null])),
        })),
      },
      sources,
    };
  },
});
