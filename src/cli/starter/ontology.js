import { closedSet, defineOntology, enumeration, indexed, int, listOf, required, searched, text } from 'silkgraph';

/** What the graph consists of. Types, filters, mutations, indexes and file formats follow from it. */
export const ontology = defineOntology({
  enumerations: {
    PlantForm: closedSet('How a plant grows.', { HERB: 'A herb.', SHRUB: 'A shrub.', TREE: 'A tree.' }),
  },
  // Every kind has these. `name` is needed; lists are sorted by it.
  sharedProperties: {
    name: searched(indexed(required(text('Name.'))), 'name'),
    otherNames: searched(listOf(text('Other names.')), 'otherName'),
  },
  kinds: {
    Plant: {
      singular: 'plant',
      plural: 'plants',
      one: 'a plant',
      many: 'plants',
      description: 'A species of plant.',
      properties: {
        form: indexed(required(enumeration('PlantForm', 'How the plant grows.'))),
        heightInCentimetres: indexed(int('Usual height of a grown plant; null if unknown.')),
        uses: searched(text('What the plant is used for.'), 'text'),
      },
    },
    Family: {
      singular: 'family',
      plural: 'families',
      one: 'a family',
      many: 'families',
      description: 'A botanical family.',
      properties: {},
    },
    Insect: {
      singular: 'insect',
      plural: 'insects',
      one: 'an insect',
      many: 'insects',
      description: 'An insect or a group of insects.',
      properties: {},
    },
  },
  relations: {
    BELONGS_TO: {
      from: 'Plant',
      to: 'Family',
      forward: 'family',
      backward: 'plants',
      toOne: true,
      expected: true,
      description: 'The plant belongs to the family.',
      forwardDescription: 'Family of the plant.',
      backwardDescription: 'Plants of the family.',
    },
    POLLINATED_BY: {
      from: 'Plant',
      to: 'Insect',
      forward: 'pollinators',
      backward: 'pollinatedPlants',
      description: 'The insect pollinates the plant.',
      forwardDescription: 'Insects that pollinate the plant.',
      backwardDescription: 'Plants that the insect pollinates.',
      properties: { note: text('Note.') },
    },
  },
  // To say where facts come from, add a kind of sources and a relation from any entity to it, and name both here.
  provenance: null,
});
