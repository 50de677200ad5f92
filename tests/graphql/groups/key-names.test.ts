import { expect, it } from 'vitest';
import { facetOptions } from '../../../src/graphql/arguments/facet-input.ts';
import { groupKeys } from '../../../src/graphql/groups/group-keys.ts';
import { date, defineOntology, indexed, int, required, searched, text } from '../../../src/index.ts';
import type { Properties } from '../../../src/ontology/vocabulary.ts';

const launched = indexed(date('Launch.'));
const launchedYear = indexed(int('Year of the launch.'));

it.each<[string, Properties]>([
  ['before', { launchedYear, launched }],
  ['after', { launched, launchedYear }],
])('a number that is named like the year of a date, defined %s it, is the facet and the key of that name', (_, own) => {
  const ontology = defineOntology({
    enumerations: {},
    sharedProperties: { name: searched(indexed(required(text('Name.'))), 'name') },
    kinds: {
      Program: {
        ...{ singular: 'program', plural: 'programs', one: 'a program', many: 'programs', description: 'A program.' },
        properties: own,
      },
    },
    relations: {
      FOLLOWS: {
        ...{ from: 'Program', to: 'Program', forward: 'precursors', backward: 'successors', description: 'Follows.' },
        ...{ forwardDescription: 'Programs before.', backwardDescription: 'Programs after.' },
      },
    },
    provenance: null,
  });
  expect(groupKeys(ontology, 'Program').get('LAUNCHED_YEAR')?.source).toEqual({ property: 'launchedYear' });
  expect(groupKeys(ontology, 'Program').get('LAUNCHED_MONTH')?.source).toEqual({ property: 'launched', length: 7 });
  const facets = facetOptions(ontology, 'Program');
  expect(facets.get('LAUNCHED_YEAR')).toMatchObject({ property: 'launchedYear', by: 'value' });
  expect(facets.get('LAUNCHED')).toMatchObject({ property: 'launched', by: 'year' });
});
