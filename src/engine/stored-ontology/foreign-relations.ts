import { escapedName } from '../database/escaped-name.ts';
import type { Graph } from '../graph/graph.ts';
import type { NoParameters, Statement } from '../graph/statement.ts';

const foreignTypes: Statement<{ readonly types: readonly string[] }, readonly [type: string]> = {
  name: 'ontology-foreign-types',
  text: `CALL db.relationshipTypes() YIELD relationshipType AS type
WITH type WHERE NOT type IN $types AND NOT type STARTS WITH '_'
RETURN type`,
};

/** Neo4j also names types of which no relation is left. */
const isUsed = (type: string): Statement<NoParameters, readonly [isUsed: boolean]> => ({
  name: 'ontology-foreign-type',
  text: `RETURN EXISTS { ()-[:${escapedName(type)}]->() }`,
});

/** Whether there are relations that the ontology does not know, such as those that an adoption leaves alone. @throws GraphError */
export async function hasForeignRelations(graph: Graph): Promise<boolean> {
  for (const [type] of await graph.read(foreignTypes, { types: graph.ontology.relationTypes })) {
    const [[used] = [false]] = await graph.read(isUsed(type), {});
    if (used) return true;
  }
  return false;
}
