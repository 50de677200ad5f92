import { escapedName } from '../../../engine/database/escaped-name.ts';
import type { NoParameters, Statement } from '../../../engine/graph/statement.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import { type Access, isOwnName } from '../neo4j-access.ts';
import type { LeftAlone } from './adoption-plan.ts';

type Count = Statement<NoParameters, readonly [count: number]>;

const names = (procedure: string, column: string): Statement<NoParameters, readonly [name: string]> => ({
  name: 'adoption-names',
  text: `CALL ${procedure}() YIELD ${column} AS name RETURN name ORDER BY name`,
});

const withoutKind = (label: string, { kindNames }: Ontology): Count => ({
  name: 'adoption-without-kind',
  text: `MATCH (node:${escapedName(label)}) WHERE NOT node:${kindNames.join('|')} RETURN count(*)`,
});

const ofType = (type: string): Count => ({
  name: 'adoption-of-type',
  text: `MATCH ()-[relation:${escapedName(type)}]->() RETURN count(*)`,
});

const unlabelled: Count = {
  name: 'adoption-unlabelled',
  text: 'MATCH (node) WHERE size(labels(node)) = 0 RETURN count(*)',
};

const numberOf = async (access: Access, statement: Count) => (await access.read(statement, {}))[0]?.[0] ?? 0;

/** What a database holds that the ontology does not know. */
export async function findLeftAlone(access: Access, ontology: Ontology): Promise<LeftAlone> {
  const labels = new Map<string, number>();
  for (const [label] of await access.read(names('db.labels', 'label'), {})) {
    if (isOwnName(label) || label === 'Entity' || ontology.isKind(label)) continue;
    const count = await numberOf(access, withoutKind(label, ontology));
    if (count > 0) labels.set(label, count);
  }
  const types = new Map<string, number>();
  for (const [type] of await access.read(names('db.relationshipTypes', 'relationshipType'), {})) {
    if (ontology.isRelationType(type)) continue;
    const count = await numberOf(access, ofType(type));
    if (count > 0) types.set(type, count);
  }
  return { labels, unlabelled: await numberOf(access, unlabelled), types };
}

/** Entities without a kind of the ontology, which no reader of the graph could name. */
export const entitiesWithoutKind = (access: Access, ontology: Ontology): Promise<number> =>
  numberOf(access, withoutKind('Entity', ontology));
