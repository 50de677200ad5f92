import { LRUCache } from 'lru-cache';
import { relationFieldsOf } from '../ontology/fields.ts';
import { type Kind, kindNames } from '../ontology/kinds.ts';
import { type RelationType, relationTypes } from '../ontology/relations.ts';
import { queryFile } from './query-files.ts';
import type { Row, Statement } from './statement.ts';

/** The scope of a traversal. */
export interface Walk {
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

const fields = kindNames.flatMap((kind) => [...relationFieldsOf(kind).values()]);

/** Symmetric relations. */
export const symmetricRelations: readonly RelationType[] = [
  ...new Set(fields.filter(({ reading }) => reading === 'BOTH').map(({ relation }) => relation)),
];

/** To-one relations: an entity starts at most one. */
export const singleRelations: readonly RelationType[] = [
  ...new Set(fields.filter(({ toOne }) => toOne).map(({ relation }) => relation)),
];

/** Key by which two relations are the same. */
export const relationKey = ({ relation, from, to }: StoredRelation): string => `${relation} ${from} ${to}`;

/** Orders by code point of the ASCII text that slugs and relation names are. */
export const byText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** The relation types as written in a pattern. */
export const typesIn = (relations: readonly RelationType[]): string => relations.join('|');

/**
 * Number of relations of these types of a node, as an expression that the degree store can answer: in the shorter of
 * two forms, because each type costs a look-up.
 */
export function degreeOf(node: string, relations: readonly RelationType[]): string {
  const others = relationTypes.filter((type) => !relations.includes(type));
  if (others.length >= relations.length) return `COUNT { (${node})-[:${typesIn(relations)}]-() }`;
  const minus = others.length === 0 ? '' : ` - COUNT { (${node})-[:${typesIn(others)}]-() }`;
  return `(COUNT { (${node})--() }${minus})`;
}

/** Which of the kinds a node with these labels is of. */
export const kindOf = (labels: readonly string[]): Kind | undefined => kindNames.find((kind) => labels.includes(kind));

/** A predicate that a node is of one of the kinds. */
export const isOfKind = (node: string, kinds: readonly Kind[] | null): string =>
  kinds === null ? 'true' : `${node}:${kinds.join('|')}`;

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
  const texts = new LRUCache<string, string>({ max: KEPT_TEXTS });
  return ({ relations, kinds }, row = () => '') => {
    const key = `${typesIn(relations)} ${kinds ?? ''} ${row('node')}`;
    const text =
      texts.get(key) ??
      file.text
        .replaceAll('__RELATIONS__', typesIn(relations))
        .replace(/__DEGREE\((\w+)\)__/g, (_, node: string) => degreeOf(node, relations))
        .replace(/__KINDS\((\w+)\)__/g, (_, node: string) => isOfKind(node, kinds))
        .replace(/__ROW\((\w+)\)__/g, (_, node: string) => row(node));
    texts.set(key, text);
    return { name, text };
  };
}
