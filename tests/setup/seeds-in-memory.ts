import { execute, parse, validate } from 'graphql';
import neo4j from 'neo4j-driver';
import cooperationGraph from '../../src/cooperation/graph.ts';
import { cooperation } from '../../src/cooperation/ontology.ts';
import { storedEntity, storedRelation } from '../../src/engine/changes/apply/stored-form.ts';
import type { Graph } from '../../src/engine/graph/graph.ts';
import { createContext } from '../../src/graphql/index.ts';
import { type GraphSnapshot, WholeGraph } from '../../src/history/memory/graph-snapshot.ts';
import { snapshotForm } from '../../src/history/revisions/read-base.ts';
import { readingRows } from './graph-double.ts';
import { recordsOf, seeds } from './seeds.ts';
import type { Answer } from './silkgraph.ts';
import { statisticsOf } from './statistics-of.ts';

const itemsOf = (all: readonly { readonly entity: string }[], slug: string) => {
  const items = all.filter(({ entity }) => entity === slug).map(({ entity: _, ...item }) => item);
  return items.length === 0 ? undefined : items;
};

/** The seeds as a state of the graph in memory. */
export function heldSeeds(): GraphSnapshot {
  const state = new WholeGraph(cooperation);
  for (const kind of cooperation.kindNames) {
    for (const record of recordsOf(kind)) {
      const [identifiers, locations] = [itemsOf(seeds.identifiers, record.id), itemsOf(seeds.locations, record.id)];
      const fields = { ...record, ...(identifiers ? { identifiers } : {}), ...(locations ? { locations } : {}) };
      state.put({ kind, slug: record.id, form: snapshotForm(storedEntity(cooperation, kind, fields)) });
    }
  }
  for (const { type, from, to, ...record } of seeds.relations)
    state.putRelation({ type, from, to, form: snapshotForm(storedRelation(cooperation, type, record)) });
  return state;
}

/** Only the log can be read: what is in no state in memory cannot be answered. */
const logOfOne: Graph['read'] = readingRows(async ({ name }) => {
  if (name === 'revision-oldest') return [[null]];
  if (!name.startsWith('revision')) throw new Error(`${name} reads the database.`);
  const at = neo4j.types.DateTime.fromStandardDate(new Date('2026-01-01T00:00:00Z'));
  return [[1, 'transaction', at, 'somebody', null, true]];
});

/** Asks a state of the graph in memory, as operations with `@asOf` do, without a database. */
export function askingState(
  state: GraphSnapshot,
): (query: string, variables?: Record<string, unknown>) => Promise<Answer> {
  const { schema } = cooperationGraph;
  const graph: Graph = {
    ontology: cooperation,
    read: logOfOne,
    write: () => Promise.reject(new Error('It is read only.')),
  };
  const [entities, relations] = [cooperation.kindNames, cooperation.relationTypes];
  const statistics = statisticsOf({
    ...Object.fromEntries(entities.map((kind) => [kind, state.count(kind)])),
    ...Object.fromEntries(relations.map((type) => [type, [...state.relations(type)].length])),
  });
  return async (query, variables = {}) => {
    const document = parse(query);
    const errors = validate(schema, document);
    if (errors.length > 0) return { errors };
    const states = { at: async () => state, bytes: 0 };
    const contextValue = createContext(graph, async () => statistics, { states });
    contextValue.past.name = { revision: 1 };
    return execute({ schema, document, variableValues: variables, contextValue });
  };
}
