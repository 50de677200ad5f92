import { findCycle } from '../graph/find-cycle.ts';
import type { Graph, Parameters } from '../graph/graph.ts';
import type { NoParameters, Statement } from '../graph/statement.ts';
import { type Concern, concernsOf, newlyAcyclic } from './concerns.ts';
import { inPlaceOf, type StoredOntology, storedOntology } from './stored-form.ts';

/** Records in the database contradict the ontology. The message lists how, and what to do. */
export class OntologyChanged extends Error {
  override readonly name = 'OntologyChanged';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(['The ontology no longer fits the database:', ...faults.map((fault) => `  ${fault}`)].join('\n'));
    this.faults = faults;
  }
}

const readKept: Statement<NoParameters, readonly [ontology: string | null]> = {
  name: 'ontology-kept',
  text: "MATCH (change:`_SchemaChange` {name: 'ontology'}) RETURN change.ontology",
};

const writeKept: Statement<{ readonly ontology: string }> = {
  name: 'ontology-keep',
  text: "MATCH (change:`_SchemaChange` {name: 'ontology'}) SET change.ontology = $ontology",
};

const plurals = { entity: 'entities', relation: 'relations' };

/** What is to be said of a concern; `undefined` if no record is concerned. */
async function sentenceOf(graph: Graph, concern: Concern): Promise<string | undefined> {
  const { match, where, parameters = {}, describe, one } = concern;
  const statement: Statement<Parameters, readonly [records: number]> = {
    name: 'ontology-count',
    text: `MATCH ${match}${where === undefined ? '' : ` WHERE ${where}`} RETURN count(record)`,
  };
  const [[records] = [0]] = await graph.read(statement, parameters);
  if (records === 0) return undefined;
  return describe(`${records.toLocaleString('en')} ${records === 1 ? one : plurals[one]}`);
}

/** Entities of a cycle that are named. */
const NAMED = 20;

/** What is to be said of a cycle of relations that must not form one; `undefined` if there is none. */
async function sentenceOfCycle(graph: Graph, type: string): Promise<string | undefined> {
  const links: Statement<NoParameters, readonly [from: string, to: string]> = {
    name: 'ontology-cycle',
    text: `MATCH (from:Entity)-[:${type}]->(to:Entity) RETURN from.id, to.id`,
  };
  const cycle = await findCycle(await graph.read(links, {}));
  if (!cycle) return undefined;
  const slugs = cycle.length > NAMED ? [...cycle.slice(0, NAMED), '…'] : cycle;
  return `${type} must not form a cycle now, but does: ${slugs.join(' → ')}. Leave \`acyclic\` and \`hierarchical\` out, or unlink one of these first.`;
}

/** The ontology that a database was last served with, and that which takes its place. */
async function bothOntologies(graph: Graph) {
  const [[text] = [null]] = await graph.read(readKept, {});
  const before: StoredOntology | null = text === null ? null : JSON.parse(text);
  const after = inPlaceOf(before, storedOntology(graph.ontology));
  return { before, after, isSame: text === JSON.stringify(after) };
}

/** Keeps the ontology that a database is served with, to compare the next one with it. @throws GraphError */
export async function keepOntology(graph: Graph): Promise<void> {
  const { after } = await bothOntologies(graph);
  await graph.write((run) => run(writeKept, { ontology: JSON.stringify(after) }));
}

/** How an ontology differs from that of the last start. */
export interface OntologyChange {
  readonly isChanged: boolean;
  /** What is no longer served as it was, in sentences. */
  readonly remarks: readonly string[];
}

/**
 * Ensures that the records in the database fit the ontology, where it differs from that of the last start.
 * @throws OntologyChanged listing which records contradict it, and what to do; GraphError
 */
export async function checkKeptOntology(graph: Graph): Promise<OntologyChange> {
  const { before, after, isSame } = await bothOntologies(graph);
  if (before === null || isSame) return { isChanged: !isSame, remarks: [] };
  const faults: string[] = [];
  const remarks: string[] = [];
  for (const concern of concernsOf(before, after)) {
    const sentence = await sentenceOf(graph, concern);
    if (sentence !== undefined) (concern.isHarmless ? remarks : faults).push(sentence);
  }
  for (const type of newlyAcyclic(before, after)) {
    const sentence = await sentenceOfCycle(graph, type);
    if (sentence !== undefined) faults.push(sentence);
  }
  if (faults.length > 0 && !Object.keys(before.kinds).some((kind) => after.kinds[kind])) {
    faults.push('If the database has another graph, name the module of that with --graph or SILKGRAPH_GRAPH.');
  }
  if (faults.length > 0) throw new OntologyChanged(faults);
  return { isChanged: true, remarks };
}
