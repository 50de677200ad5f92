import { beforeEach, describe, expect, it } from 'vitest';
import { itemsOf } from '../../../src/engine/indexes/items.ts';
import { concernsOf, newlyAcyclic } from '../../../src/engine/stored-ontology/concerns.ts';
import { storedOntology } from '../../../src/engine/stored-ontology/stored-form.ts';
import {
  checkKeptOntology,
  keepOntology,
  OntologyChanged,
} from '../../../src/engine/stored-ontology/stored-ontology.ts';
import { defineOntology } from '../../../src/ontology/definition/define-ontology.ts';
import type { Ontology } from '../../../src/ontology/ontology.ts';
import {
  closedSet,
  enumeration,
  float,
  indexed,
  int,
  type KindDefinition,
  type OntologyDefinition,
  type RelationDefinition,
  required,
  searched,
  text,
} from '../../../src/ontology/vocabulary.ts';
import { ownGraph } from '../../doors/data/own-graph.ts';

const kind = (singular: string, properties: KindDefinition['properties']): KindDefinition => ({
  ...{ singular, plural: `${singular}s`, one: `a ${singular}`, many: `${singular}s`, description: 'Something.' },
  properties,
});

const [weight, colour, code] = [int('Weight.'), enumeration('Colour', 'Colour.'), required(text('Code.'))];

const liesIn: RelationDefinition = {
  ...{ from: 'Stone', to: 'Box', forward: 'boxes', backward: 'stones', description: 'It lies in the box.' },
  ...{ forwardDescription: 'Boxes.', backwardDescription: 'Stones.' },
  properties: { since: int('Year.') },
};

const restsOn: RelationDefinition = {
  ...{ from: 'Stone', to: 'Stone', forward: 'restsOn', backward: 'carries', description: 'It rests on the other one.' },
  ...{ forwardDescription: 'Below.', backwardDescription: 'Above.' },
};

/** A chain, and no cycle. */
const bears: RelationDefinition = {
  ...{ from: 'Stone', to: 'Stone', forward: 'bears', backward: 'bornBy', description: 'It bears the other one.' },
  ...{ forwardDescription: 'Below.', backwardDescription: 'Above.' },
};

const touches: RelationDefinition = {
  ...{ from: 'Box', to: 'Box', forward: 'touches', backward: 'touches', symmetric: true },
  ...{ description: 'They touch each other.', forwardDescription: 'Beside it.' },
};

const definition = {
  enumerations: { Colour: closedSet('Colour.', { RED: 'Red.', BLUE: 'Blue.' }) },
  sharedProperties: { name: searched(indexed(required(text('Name.'))), 'name') },
  kinds: { Stone: kind('stone', { weight, colour, code }), Box: kind('box', {}), Bag: kind('bag', {}) },
  relations: { LIES_IN: liesIn, RESTS_ON: restsOn, BEARS: bears, TOUCHES: touches },
  provenance: null,
} satisfies OntologyDefinition;

const first = defineOntology(definition);

const withStone = (properties: KindDefinition['properties'], more: Partial<OntologyDefinition> = {}): Ontology =>
  defineOntology({ ...definition, ...more, kinds: { ...definition.kinds, Stone: kind('stone', properties) } });

const withRelations = (relations: OntologyDefinition['relations']): Ontology =>
  defineOntology({ ...definition, relations: { ...definition.relations, ...relations } });

describe('a database that another ontology was served from', () => {
  const own = ownGraph();
  const change = async (ontology: Ontology) => {
    const { remarks } = await checkKeptOntology({ ...own.graph, ontology });
    await keepOntology({ ...own.graph, ontology });
    return remarks;
  };
  beforeEach(async () => {
    await own.ask("MERGE (change:`_SchemaChange` {name: 'ontology'}) REMOVE change.ontology");
    await own.ask(`CREATE (stone:Entity:Stone {id: 'a', name: 'A', code: 'A', weight: 3, colour: 'BLUE'})
      CREATE (other:Entity:Stone {id: 'b', name: 'B', code: 'X'})
      CREATE (box:Entity:Box {id: 'c', name: 'C'})
      CREATE (stone)-[:LIES_IN {since: 1999}]->(box), (stone)-[:LIES_IN]->(:Entity:Box {id: 'd', name: 'D'})
      CREATE (stone)-[:RESTS_ON]->(other)-[:RESTS_ON]->(stone)
      CREATE (:Entity:Stone {id: 'f', name: 'F', code: 'F', weight: 1})-[:BEARS]->(stone)-[:BEARS]->(other)
      CREATE (box)-[:TOUCHES]->(:Entity:Box {id: 'e', name: 'E'})`);
    expect(await change(first)).toEqual([]);
  });

  it('takes whatever the records fit, and then fits that', async () => {
    expect(await change(withStone({ weight, colour, code, origin: text('Origin.') }))).toEqual([]);
    expect(await change(withRelations({ RESTS_ON: { ...restsOn, toOne: true } }))).toEqual([]);
    expect(await change(withRelations({ BEARS: { ...bears, acyclic: true, toOne: true } }))).toEqual([]);
    expect(await change(first)).toEqual([]);
  });

  it('takes integers for floats, and texts for values of an enumeration that has them all', async () => {
    const kindsOf = (...values: readonly string[]) => ({
      enumerations: {
        ...definition.enumerations,
        Code: closedSet('Code.', Object.fromEntries(values.map((one) => [one, 'A code.']))),
      },
    });
    const graded = required(enumeration('Code', 'Code.'));
    expect(await change(withStone({ weight: float('Weight.'), colour, code }))).toEqual([]);
    await expect(change(withStone({ weight, colour, code }))).rejects.toThrow(
      'Stone.weight is int now, and was float in 2 entities.',
    );
    const weighed = { weight: float('Weight.'), colour, code: graded };
    await expect(change(withStone(weighed, kindsOf('A', 'X')))).rejects.toThrow(
      'Stone.code is enumeration now, and was text. Its value in 1 entity is none of the enumeration.',
    );
    expect(await change(withStone(weighed, kindsOf('A', 'X', 'F')))).toEqual([]);
  });

  it('mentions what is no longer served as it was, and leaves it', async () => {
    const { symmetric: _, ...directed } = touches;
    const relations = {
      ...definition.relations,
      TOUCHES: { ...directed, backward: 'touchedBy', backwardDescription: 'Beside it.' },
    };
    expect(await change(withStone({ colour, code }, { relations }))).toEqual([
      'The ontology no longer has Stone.weight. Its values in 2 entities stay in the database and are not served.',
      'TOUCHES is no longer symmetric. Its direction in 1 relation is the one in which it was written.',
    ]);
    expect(await own.ask("MATCH (stone:Stone {id: 'a'}) RETURN stone.weight")).toEqual([[3]]);
  });

  it.each<[string, () => Ontology, string]>([
    [
      'a kind with entities is gone',
      () => defineOntology({ ...definition, kinds: { Box: definition.kinds.Box }, relations: { TOUCHES: touches } }),
      'The ontology no longer has Stone, but the database has 3 entities of it. Put the kind back,',
    ],
    [
      'a relation with rows is gone',
      () => defineOntology({ ...definition, relations: { RESTS_ON: restsOn, BEARS: bears, TOUCHES: touches } }),
      'The ontology no longer has LIES_IN, but the database has 2 relations of it. Put the relation back,',
    ],
    [
      'a property has another type',
      () => withStone({ weight: text('Weight.'), colour, code }),
      'Stone.weight is text now, and was int in 2 entities.',
    ],
    [
      'a property of a relation has another type',
      () => withRelations({ LIES_IN: { ...liesIn, properties: { since: text('Year.') } } }),
      'LIES_IN.since is text now, and was int in 1 relation.',
    ],
    [
      'a property is required and absent',
      () => withStone({ weight: required(weight), colour, code }),
      'Stone.weight is required now, and absent in 1 entity.',
    ],
    [
      'a value of an enumeration is gone and in use',
      () => withStone({ weight, colour, code }, { enumerations: { Colour: closedSet('Colour.', { RED: 'Red.' }) } }),
      'Stone.colour has a value in 1 entity that its enumeration no longer has.',
    ],
    [
      'slugs come from a property that they differ from',
      () =>
        defineOntology({
          ...definition,
          kinds: { ...definition.kinds, Stone: { ...definition.kinds.Stone, slugFrom: 'code' } },
        }),
      'The slug of Stone is its code in lower case now, but differs from it in 1 entity.',
    ],
    [
      'a relation has other ends',
      () => withRelations({ LIES_IN: { ...liesIn, to: 'Bag' } }),
      'LIES_IN leads from Stone to Bag now, and has other ends in 2 relations. Put the ends back,',
    ],
    [
      'a relation was turned around',
      () => withRelations({ LIES_IN: { ...liesIn, from: 'Box', to: 'Stone' } }),
      'LIES_IN leads from Box to Stone now, and has other ends in 2 relations.',
    ],
    [
      'a relation is to-one, and some start several',
      () => withRelations({ LIES_IN: { ...liesIn, toOne: true } }),
      'LIES_IN leads to one entity at most now, but 2 relations start where another one of this type does.',
    ],
    [
      'a relation is symmetric, and stored in both directions',
      () => withRelations({ RESTS_ON: { ...restsOn, backward: 'restsOn', symmetric: true } }),
      'RESTS_ON is symmetric now, but 2 relations also exist in the opposite direction.',
    ],
    [
      'a relation is acyclic, and there is a cycle',
      () => withRelations({ RESTS_ON: { ...restsOn, hierarchical: true } }),
      'RESTS_ON must not form a cycle now, but does: a → b → a.',
    ],
  ])('is refused where %s, with what to do', async (_, ontology, words) => {
    const refused = change(ontology());
    await expect(refused).rejects.toThrow(OntologyChanged);
    await expect(refused).rejects.toThrow(words);
    // Nothing was kept of it.
    expect(await change(first)).toEqual([]);
  });

  it('is refused where a relation that is new to the ontology was in the database, with other ends', async () => {
    await own.ask("MATCH (bag:Box {id: 'c'}), (stone:Stone {id: 'a'}) CREATE (bag)-[:HOLDS]->(stone)");
    const holds: RelationDefinition = {
      ...{ from: 'Bag', to: 'Stone', forward: 'held', backward: 'heldBy', description: 'It holds the stone.' },
      ...{ forwardDescription: 'Held.', backwardDescription: 'Holding.' },
    };
    await expect(change(withRelations({ HOLDS: holds }))).rejects.toThrow('has other ends in 1 relation.');
    expect(await change(withRelations({ HOLDS: { ...holds, from: 'Box' } }))).toEqual([]);
  });

  it('mentions the sources of relations that the ontology no longer looks for', async () => {
    const cited = (property: string) =>
      defineOntology({
        ...definition,
        relations: {
          ...definition.relations,
          CITES: {
            ...{ from: 'Entity', to: 'Bag', forward: 'cites', backward: 'citedBy', description: 'It cites the bag.' },
            ...{ forwardDescription: 'Cited.', backwardDescription: 'Citing.' },
          },
        },
        provenance: { relation: 'CITES', kind: 'Bag', property },
      });
    expect(await change(cited('papers'))).toEqual([]);
    await own.ask("MATCH (:Stone {id: 'a'})-[lies:LIES_IN]->() SET lies.papers = ['bag']");
    expect(await change(cited('grounds'))).toEqual([
      'Relations no longer have their sources in papers. Those of 2 relations stay in the database and are not served.',
    ]);
  });

  it('is refused where an identifier or a place has a value that its enumeration no longer has', async () => {
    const { Colour } = definition.enumerations;
    const identified = (...schemes: readonly string[]) =>
      defineOntology({
        ...definition,
        enumerations: {
          Colour,
          Registry: closedSet('Registry.', Object.fromEntries(schemes.map((scheme) => [scheme, 'A registry.']))),
          Certainty: closedSet('Certainty.', { SURE: 'Sure.' }),
        },
        identifiers: { scheme: 'Registry', certainty: 'Certainty' },
      });
    expect(await change(identified('ORE', 'GEM'))).toEqual([]);
    await own.ask("MATCH (stone:Stone {id: 'a'}) SET stone += $stored", {
      stored: {
        identifiers: JSON.stringify([{ scheme: 'GEM', value: '1', match: 'EXACT' }]),
        ...{ [itemsOf('identifiers', 'scheme')]: ['GEM'], [itemsOf('identifiers', 'match')]: ['EXACT'] },
        [itemsOf('identifiers', 'certainty')]: [''],
      },
    });
    await expect(change(identified('ORE'))).rejects.toThrow(
      'Stone.identifiers has a value in 1 entity that its enumeration no longer has. Put the value back,',
    );
    expect(await change(identified('GEM'))).toEqual([]);
  });

  it('says that a database with none of the kinds may have another graph, and how to name that', async () => {
    const other = defineOntology({
      ...definition,
      kinds: { Bird: kind('bird', {}) },
      relations: { EATS: { ...restsOn, from: 'Bird', to: 'Bird' } },
    });
    await expect(change(other)).rejects.toThrow(/another graph.*--graph or SILKGRAPH_GRAPH/);
    await expect(change(withRelations({ LIES_IN: { ...liesIn, to: 'Bag' } }))).rejects.not.toThrow('--graph');
  });

  it('knows the type of a property that was removed, as long as its values are there', async () => {
    const without = withStone({ colour, code });
    expect(await change(without)).toHaveLength(1);
    expect(await change(without)).toEqual([]);
    const asText = withStone({ weight: text('Weight.'), colour, code });
    await expect(change(asText)).rejects.toThrow('Stone.weight is text now, and was int in 2 entities.');
    expect(await change(first)).toEqual([]);
    expect(await change(without)).toHaveLength(1);
    await own.ask('MATCH (stone:Stone) REMOVE stone.weight');
    expect(await change(asText)).toEqual([]);
  });

  it('is of no concern where the ontology is the same', () => {
    expect(concernsOf(storedOntology(first), storedOntology(first))).toEqual([]);
    expect(newlyAcyclic(storedOntology(first), storedOntology(first))).toEqual([]);
  });
});
