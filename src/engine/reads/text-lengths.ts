import { memoize } from '../../ontology/memoize.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../ontology/vocabulary.ts';
import type { Graph } from '../graph/graph.ts';
import type { Statement } from '../graph/statement.ts';
import { typesIn } from '../graph/walk.ts';

/** Characters of text that the records of a kind, or of a relation, have in one property; a list counts as a whole. */
export interface TextLength {
  readonly average: number;
  readonly longest: number;
}

/** Lengths of texts in a sample of all records, by kind or relation and then by property; absent where there is no text. */
export type TextLengths = Readonly<Partial<Record<Kind | RelationType, Readonly<Partial<Record<string, TextLength>>>>>>;

/** Entities of each kind that are sampled, about, and relations of each of them at most. */
const SAMPLED = 200;
const RELATIONS = 20;

/** Stands for the record as a whole, so that those without a property count too. */
const WHOLE = '';

type LengthColumns = readonly [owner: Kind | RelationType, name: string, count: number, sum: number, longest: number];

/** The shares of the entities of each kind that are sampled. */
type LengthParameters = { readonly shares: Readonly<Record<Kind, number>> };

/** How long the texts of a sample of all entities are. */
export const lengths = memoize(
  ({ kindNames, relationTypes, leavesOutRelations }: Ontology): Statement<LengthParameters, LengthColumns> => ({
    name: 'statistics',
    text: `CALL () {
${kindNames
  .map((kind) => `  MATCH (entity:${kind}) WHERE rand() < $shares.${kind} RETURN '${kind}' AS kind, entity`)
  .join('\n  UNION ALL\n')}
}
CALL (kind, entity) {
  RETURN kind AS owner, properties(entity) AS values
  UNION ALL
  MATCH (entity)-[relation${leavesOutRelations ? `:${typesIn(relationTypes)}` : ''}]->() RETURN type(relation) AS owner, properties(relation) AS values LIMIT ${RELATIONS}
}
UNWIND ['${WHOLE}'] + [name IN keys(values) WHERE NOT name STARTS WITH '_'] AS name
WITH owner, name, values[name] AS value
WITH owner, name, CASE
  WHEN value IS :: STRING NOT NULL THEN size(value)
  WHEN value IS :: LIST<STRING NOT NULL> NOT NULL THEN reduce(sum = 0, text IN value | sum + size(text) + 3)
  ELSE 0
END AS length
RETURN owner, name, count(*), sum(length), max(length)`,
  }),
);

/** Whether a role does not see a property that records have. */
function isHidden(
  { partOf, isKind, propertiesOf, edgePropertiesOf, provenance }: Ontology,
  owner: string,
  name: string,
) {
  if (!partOf || name === WHOLE) return false;
  if (name === partOf.provenance?.property && !isKind(owner)) return provenance === null;
  const [all, shown] = isKind(owner)
    ? [partOf.propertiesOf(owner), propertiesOf(owner)]
    : [partOf.edgePropertiesOf(owner), edgePropertiesOf(owner)];
  return Object.hasOwn(all, name) && !Object.hasOwn(shown, name);
}

/** Measures the texts of a sample, given how many entities there are of each kind. @throws GraphError */
export async function readTextLengths(graph: Graph, entities: Readonly<Record<Kind, number>>): Promise<TextLengths> {
  const { ontology } = graph;
  const shares = Object.fromEntries(
    ontology.kindNames.map((kind) => [kind, Math.min(1, SAMPLED / Math.max(entities[kind] ?? 0, 1))]),
  );
  const rows = await graph.read(lengths(ontology), { shares });
  const sampled = new Map(rows.filter(([, name]) => name === WHOLE).map(([owner, , count]) => [owner, count]));
  const found: Partial<Record<Kind | RelationType, Partial<Record<string, TextLength>>>> = {};
  for (const [owner, name, , sum, longest] of rows) {
    if (longest === 0 || isHidden(ontology, owner, name)) continue;
    found[owner] ??= {};
    found[owner][name] = { average: sum / (sampled.get(owner) ?? 1), longest };
  }
  return found;
}

/** A reader who is after long answers finds the record with the longest text: one of this number is taken to be it. */
const LONGEST_IS_ONE_OF = 20;

/** Characters of text that a property is expected to have wherever an answer has it. */
export function expectedLength(texts: TextLengths, owner: Kind | RelationType, name: string): number {
  const { average, longest } = texts[owner]?.[name] ?? { average: 0, longest: 0 };
  return average + longest / LONGEST_IS_ONE_OF;
}
