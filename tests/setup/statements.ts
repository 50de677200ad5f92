import { execute, parse, validate } from 'graphql';
import { cooperation } from '../../src/cooperation/ontology.ts';
import type { Graph } from '../../src/engine/graph/graph.ts';
import type { Row } from '../../src/engine/graph/statement.ts';
import { createContext } from '../../src/graphql/index.ts';
import { layOut } from './cypher-layout.ts';
import { readingRows } from './graph-double.ts';
import { neverPlanned } from './never-planned.ts';
import { schema } from './served.ts';
import { statisticsOf } from './statistics-of.ts';

interface Options {
  readonly variables?: Record<string, unknown>;
  /** Numbers of entities and relations, as `statisticsOf` takes them. */
  readonly counts?: Readonly<Record<string, number>>;
  /** Rows that the first statements return. The statement after the last of them is the last to run. */
  readonly answers?: readonly (readonly Row[])[];
  /** Whether Neo4j has planned no statement yet, so that each is read by parts. */
  readonly isNew?: boolean;
}

/** The statements of Cypher that a query makes the server run, with their parameters, laid out to be read. */
export async function statementsOf(
  query: string,
  { variables = {}, counts = {}, answers = [], isNew = false }: Options = {},
): Promise<string> {
  const statements: string[] = [];
  const read = readingRows(async ({ text }, parameters) => {
    const values = Object.entries(parameters).map(([name, value]) => `  $${name} = ${JSON.stringify(value)}`);
    statements.push([layOut(text), ...values].join('\n'));
    const answer = answers[statements.length - 1];
    if (!answer) throw new Error('There is no database.');
    return answer;
  });
  const graph: Graph = { ontology: cooperation, read, write: () => Promise.reject(new Error('There is no database.')) };
  const document = parse(query);
  const [fault] = validate(schema, document);
  if (fault) throw fault;
  const { errors } = await execute({
    schema,
    document,
    variableValues: variables,
    contextValue: createContext(graph, async () => statisticsOf(counts), {
      ...(isNew ? { tiers: neverPlanned } : {}),
    }),
  });
  if (statements.length === 0) throw new Error(`No statement ran: ${errors}`);
  return statements.join('\n\n');
}
