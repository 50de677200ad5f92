import { kindNames } from '../../src/cooperation/kinds.ts';
import { cooperation } from '../../src/cooperation/ontology.ts';
import { relationTypes } from '../../src/cooperation/relations.ts';
import type { RelationField } from '../../src/ontology/ontology.ts';
import type { Properties, Property } from '../../src/ontology/vocabulary.ts';

const { edgePropertiesOf, propertiesOf, relationFieldsOf } = cooperation;

const scalars: Partial<Record<Property['type'], string>> = { int: 'Int', float: 'Float', boolean: 'Boolean' };

const fieldsOf = (properties: Properties): readonly string[] =>
  Object.entries(properties).map(([name, { type, list, required }]) => {
    const scalar = scalars[type] ?? 'String';
    return `${name}: ${list ? `[${scalar}!]` : scalar}${required && !list ? '!' : ''}`;
  });

const edgeTypeOf = (relation: string) => `${relation.toLowerCase()}_properties`;

function relationshipOf({ name, relation, reading, target }: RelationField): readonly string[] {
  // A union of all kinds is no target that it can page through.
  if (target === 'Entity') return [];
  const direction = reading === 'BACKWARD' ? 'IN' : 'OUT';
  const undirected = reading === 'BOTH' ? ', queryDirection: UNDIRECTED' : '';
  return [
    `${name}: [${target}!]! @relationship(type: "${relation}", direction: ${direction}, properties: "${edgeTypeOf(relation)}"${undirected})`,
  ];
}

const block = (head: string, lines: readonly string[]) =>
  `type ${head} {\n${lines.map((line) => `  ${line}\n`).join('')}}`;

/** The ontology as type definitions for @neo4j/graphql. */
export const peerTypes = [
  ...kindNames.map((kind) =>
    block(`${kind} @node`, [
      'id: String!',
      ...fieldsOf(propertiesOf(kind)),
      ...[...relationFieldsOf(kind).values()].flatMap(relationshipOf),
    ]),
  ),
  ...relationTypes.map((relation) =>
    block(`${edgeTypeOf(relation)} @relationshipProperties`, [
      ...fieldsOf(edgePropertiesOf(relation)),
      'sources: [String!]',
    ]),
  ),
].join('\n\n');
