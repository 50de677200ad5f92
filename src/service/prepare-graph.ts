import type { Driver } from 'neo4j-driver';
import type { Address, Report } from '../engine/database/address.ts';
import { explainRights } from '../engine/database/explain-rights.ts';
import { refuseForeignData } from '../engine/database/refuse-foreign-data.ts';
import { applySchemaChanges } from '../engine/database/schema/apply-schema-changes.ts';
import { verifyDatabase } from '../engine/database/verify-database.ts';
import { createGraph, type Graph, type GraphOptions } from '../engine/graph/graph.ts';
import { derivedSchema } from '../engine/indexes/indexes.ts';
import { hasForeignRelations } from '../engine/stored-ontology/foreign-relations.ts';
import { checkKeptOntology, keepOntology } from '../engine/stored-ontology/stored-ontology.ts';
import type { Ontology } from '../ontology/ontology.ts';

interface PrepareOptions extends Pick<GraphOptions, 'connections' | 'observe'> {
  /** Is called with each step, and with what is no longer served, as sentences without a full stop. */
  readonly report?: Report;
  /** How long the database may take to respond, in milliseconds. @default 0: it must respond at once */
  readonly patience?: number;
}

/**
 * The graph of an ontology in a database: checks that the database is usable and fits the ontology, and creates
 * constraints and indexes.
 * @throws DatabaseError, OntologyChanged, GraphError
 */
export async function prepareGraph(
  driver: Driver,
  address: Address,
  ontology: Ontology,
  options: PrepareOptions = {},
): Promise<Graph> {
  try {
    return await prepare(driver, address, ontology, options);
  } catch (error) {
    throw explainRights(error, address);
  }
}

async function prepare(
  driver: Driver,
  address: Address,
  ontology: Ontology,
  { report = () => {}, patience, connections, observe }: PrepareOptions,
): Promise<Graph> {
  await verifyDatabase(driver, address, patience);
  await refuseForeignData(driver, address);
  const graph = createGraph(driver, ontology, { database: address.database, connections, observe });
  // First, so that nothing is changed in a database that belongs to another ontology.
  const { isChanged, remarks } = await checkKeptOntology(graph);
  await applySchemaChanges(driver, address, { ...derivedSchema(ontology), report });
  if (isChanged) await keepOntology(graph);
  for (const remark of remarks) report(remark.replace(/\.$/, ''));
  if (!(await hasForeignRelations(graph))) return graph;
  return { ...graph, ontology: { ...ontology, leavesOutRelations: true } };
}
