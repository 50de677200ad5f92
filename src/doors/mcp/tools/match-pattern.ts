import type { JsonObject } from '../../../graphql/internal-client/json.ts';
import { citedQuestion } from '../../../graphql/internal-client/root-question.ts';
import { briefSelection } from '../../../graphql/internal-client/selections.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { Tool } from '../tool.ts';
import { count, list } from './arguments.ts';
import { type Hop, hopSelection, stated } from './walks.ts';

const name = { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9_]{0,39}$' };

export const createMatchPattern = (ontology: Ontology): Tool => ({
  name: 'match_pattern',
  title: 'Find sets of entities that fit a pattern',
  drawn: true,
  description:
    'Finds sets of entities that are related as a pattern says, for questions that involve several entities at once, such as "which two … of the same … share a …?". For conditions on one kind, `find_entities` is simpler.',
  properties: {
    entities: {
      type: 'array',
      minItems: 1,
      maxItems: 8,
      items: {
        type: 'object',
        properties: {
          as: { ...name, description: 'Name of the entity in the pattern.' },
          kind: { type: 'string', description: 'Kind, such as in `ontology`. Default: what its relations allow.' },
          ids: { type: 'array', items: { type: 'string' }, maxItems: 100, description: 'Only these slugs.' },
          filter: {
            type: 'object',
            description: 'Conditions under the name of the kind: {"<kind>": {"<field>": {"eq": "…"}}}.',
          },
        },
        required: ['as'],
        additionalProperties: false,
      },
      description: 'Entities; begin with the subject of the question.',
    },
    relations: {
      type: 'array',
      maxItems: 12,
      items: {
        type: 'object',
        properties: {
          from: name,
          relation: { type: 'string', pattern: '^[A-Z][A-Z0-9_]*$' },
          to: name,
          negated: { type: 'boolean', description: 'The relation must not exist.' },
          optional: { type: 'boolean' },
        },
        required: ['from', 'relation', 'to'],
        additionalProperties: false,
      },
      description: 'Relations between them, in the direction that `ontology` lists.',
    },
    show: {
      type: 'array',
      items: name,
      maxItems: 8,
      description: 'Names to return; sets that differ in none of them are merged.',
    },
    first: count('Maximum number of sets; default 10.', 100),
  },
  required: ['entities'],
  answer: { total: { type: 'integer' }, matches: list('Sets: `entities` by name, and their `relations`.') },
  async run({ entities, relations = [], show, first = 10 }, { find, ...asked }) {
    const selection = `{ totalCount matches: nodes { entities { as entity { ${briefSelection(ontology)} } } relations { ${hopSelection} } } }`;
    const args = { pattern: { entities, relations }, show, first };
    const { value, sources = [] } = await find(citedQuestion(asked, 'match', args, selection));
    const { totalCount, matches = [] } = value.match as {
      totalCount: number;
      matches?: { entities: { as: string; entity?: JsonObject }[]; relations?: Hop[] }[];
    };
    const shown = matches.map((match) => ({
      entities: Object.fromEntries(match.entities.map(({ as, entity }) => [as, entity ?? null])),
      ...(match.relations ? { relations: match.relations.map(stated) } : {}),
    }));
    return { value: { total: totalCount, matches: shown }, sources };
  },
});
