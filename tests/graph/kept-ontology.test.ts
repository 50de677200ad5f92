import { beforeEach, describe, expect, it } from 'vitest';
import {
  checkKeptOntology,
  concernsOf,
  keepOntology,
  keptOntology,
  OntologyChanged,
} from '../../src/graph/kept-ontology.ts';
import { defineOntology } from '../../src/ontology/define-ontology.ts';
import type { Ontology } from '../../src/ontology/ontology.ts';
import {
  closedSet,
  enumeration,
  indexed,
  int,
  type KindDefinition,
  type OntologyDefinition,
  required,
  searched,
  text,
} from '../../src/ontology/vocabulary.ts';
import { ownGraph } from '../data/own-graph.ts';

const kind = (singular: string, properties: KindDefinition['properties']): KindDefinition => ({
  ...{ singular, plural: `${singular}s`, one: `a ${singular}`, many: `${singular}s`, description: 'Something.' },
  properties,
});

const [weight, colour] = [int('Weight.'), enumeration('Colour', 'Colour.')];

const definition = {
  enumerations: { Colour: closedSet('Colour.', { RED: 'Red.', BLUE: 'Blue.' }) },
  sharedProperties: { name: searched(indexed(required(text('Name.'))), 'name') },
  kinds: {
    Stone: kind('stone', { weight, colour }),
    Box: kind('box', {}),
  },
  relations: {
    LIES_IN: {
      ...{ from: 'Stone', to: 'Box', forward: 'boxes', backward: 'stones', description: 'It lies in the box.' },
      ...{ forwardDescription: 'Boxes.', backwardDescription: 'Stones.' },
      properties: { since: int('Year.') },
    },
  },
  provenance: null,
} satisfies OntologyDefinition;

const first = defineOntology(definition);

const withStone = (properties: KindDefinition['properties'], more: Partial<OntologyDefinition> = {}): Ontology =>
  defineOntology({ ...definition, ...more, kinds: { ...definition.kinds, Stone: kind('stone', properties) } });

describe('a database that another ontology was served from', () => {
  const own = ownGraph();
  const change = async (ontology: Ontology) => {
    const remarks = await checkKeptOntology({ ...own.graph, ontology });
    await keepOntology({ ...own.graph, ontology });
    return remarks;
  };
  beforeEach(async () => {
    await own.ask("MERGE (change:`_SchemaChange` {name: 'ontology'}) REMOVE change.kept");
    await own.ask(`CREATE (stone:Entity:Stone {id: 'a', name: 'A', weight: 3, colour: 'BLUE'})
      CREATE (:Entity:Stone {id: 'b', name: 'B'}) CREATE (stone)-[:LIES_IN {since: 1999}]->(:Entity:Box {id: 'c', name: 'C'})`);
    expect(await change(first)).toEqual([]);
  });

  it('takes whatever the records fit, and then fits that', async () => {
    expect(await change(withStone({ weight, colour, origin: text('Origin.') }))).toEqual([]);
    expect(await change(first)).toEqual([]);
  });

  it('mentions values that are no longer served, and leaves them', async () => {
    expect(await change(withStone({ colour }))).toEqual([
      '1 entities of Stone have weight, which the ontology no longer has. It stays in the database and is not served.',
    ]);
    expect(await own.ask("MATCH (stone:Stone {id: 'a'}) RETURN stone.weight")).toEqual([[3]]);
  });

  it.each<[string, () => Ontology, string]>([
    [
      'a kind with entities is gone',
      () => defineOntology({ ...definition, kinds: { Box: definition.kinds.Box }, relations: {} }),
      'There are 2 entities of Stone, which the ontology no longer has. Put the kind back,',
    ],
    [
      'a relation with rows is gone',
      () => defineOntology({ ...definition, relations: {} }),
      'There are 1 relations of LIES_IN, which the ontology no longer has. Put the relation back,',
    ],
    [
      'a property has another type',
      () => withStone({ weight: text('Weight.'), colour }),
      '1 entities of Stone have weight as int, which is text now.',
    ],
    [
      'a property is required and absent',
      () => withStone({ weight: required(weight), colour }),
      '1 entities of Stone have no weight, which is required now.',
    ],
    [
      'a value of an enumeration is gone and in use',
      () => withStone({ weight, colour }, { enumerations: { Colour: closedSet('Colour.', { RED: 'Red.' }) } }),
      '1 entities of Stone have a value of colour that its enumeration no longer has.',
    ],
  ])('is refused where %s, with what to do', async (_, ontology, words) => {
    const refused = change(ontology());
    await expect(refused).rejects.toThrow(OntologyChanged);
    await expect(refused).rejects.toThrow(words);
    // Nothing was kept of it.
    expect(await change(first)).toEqual([]);
  });

  it('is of no concern where no record is affected', () => {
    expect(concernsOf(keptOntology(first), keptOntology(first))).toEqual([]);
  });
});
