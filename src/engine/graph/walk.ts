import { getOrInsert } from '../../ontology/get-or-insert.ts';
import { memoize } from '../../ontology/memoize.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../ontology/vocabulary.ts';
import { createCache, textBytes } from '../budgets/budgeted-cache.ts';
import { queryFile } from './query-files.ts';
import type { Row, Statement } from './statement.ts';

/** The scope of a traversal. */
export interface Walk {
  readonly ontology: Ontology;
  readonly relations: readonly RelationType[];
  /** Only over entities of these kinds; `null` for all. */
  readonly kinds: readonly Kind[] | null;
}

/** Over what paths may lead, beside their ends and those that they must pass. */
export interface PathWalk extends Walk {
  readonly avoid: readonly string[];
  /** Entities with more relations than this are passed over; `null` for none. */
  readonly avoidHubs: number | null;
}

/** One relation as it is stored. */
export interface StoredRelation {
  readonly relation: RelationType;
  readonly from: string;
  readonly to: string;
}

/** Key by which two relations are the same. */
export const relationKey = ({ relation, from, to }: StoredRelation): string => `${relation} ${from} ${to}`;

/** Orders by code point of the ASCII text that slugs and relation names are. */
export const byText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** The relation types as written in a pattern; if there are none, one that no graph has. */
export const typesIn = (relations: readonly RelationType[]): string => relations.join('|') || '_NONE';

/**
 * Number of relations of these types of a node, as an expression that the degree store can answer: in the shorter of
 * two forms, because each type costs a look-up.
 */
export function degreeOf(
  { relationTypes, leavesOutRelations }: Ontology,
  node: string,
  relations: readonly RelationType[],
): string {
  const others = relationTypes.filter((type) => !relations.includes(type));
  // Those that it leaves out would count among all.
  if (leavesOutRelations || others.length >= relations.length) return `COUNT { (${node})-[:${typesIn(relations)}]-() }`;
  const minus = others.length === 0 ? '' : ` - COUNT { (${node})-[:${typesIn(others)}]-() }`;
  return `(COUNT { (${node})--() }${minus})`;
}

/** A predicate that a node is of one of the kinds. */
export const isOfKind = (node: string, kinds: readonly Kind[] | null): string =>
  kinds === null ? 'true' : `${node}:${kinds.join('|')}`;

/**
 * Completes a statement of `cypher/` about sources. In it, `__SOURCE__` stands for their kind, `__CITING__` for the relation
 * to them, `__SOURCES__` for the property of a relation with its own. Without provenance, nothing in the graph has these names.
 */
export function withProvenance({ provenance }: Ontology, text: string): string {
  return text
    .replaceAll('__SOURCE__', provenance?.kind ?? '_Source')
    .replaceAll('__CITING__', provenance?.relation ?? '_CITES')
    .replaceAll('__SOURCES__', provenance?.property ?? '_sources');
}

/** Number of traversals whose statements are cached before their text is built anew. */
const KEPT_TEXTS = 100;

/**
 * A statement of `cypher/` for a traversal. In it, `__RELATIONS__` stands for the relation types, `__DEGREE(node)__`
 * for the number of such relations of a node, `__KINDS(node)__` for a test of its kind, `__ROW(node)__` for the fields
 * read of it.
 */
export function walkFile<Parameters extends object, Columns extends Row>(
  name: string,
): (walk: Walk, row?: (node: string) => string) => Statement<Parameters, Columns> {
  const file = queryFile<Parameters, Columns>(name);
  const textsOf = memoize((_: Ontology) => createCache<string>('statements', { max: KEPT_TEXTS, sizeOf: textBytes }));
  return ({ ontology, relations, kinds }, row = () => '') => {
    const texts = textsOf(ontology);
    const key = `${typesIn(relations)} ${kinds ?? ''} ${row('node')}`;
    const text = getOrInsert(texts, key, () =>
      file.text
        .replaceAll('__RELATIONS__', typesIn(relations))
        .replace(/__DEGREE\((\w+)\)__/g, (_, node: string) => degreeOf(ontology, node, relations))
        .replace(/__KINDS\((\w+)\)__/g, (_, node: string) => isOfKind(node, kinds))
        .replace(/__ROW\((\w+)\)__/g, (_, node: string) => row(node)),
    );
    return { name, text };
  };
}
