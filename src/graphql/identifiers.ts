import { isSlug } from '../engine/changes/check/check-properties.ts';
import type { Ontology } from '../ontology/ontology.ts';
import type { Kind } from '../ontology/vocabulary.ts';
import { badUserInput } from './errors.ts';
import { nameOfOne } from './names.ts';

/** The opaque ID of an entity, stable across restarts and imports. */
export const globalId = (kind: Kind, slug: string): string => Buffer.from(`${kind}:${slug}`).toString('base64url');

/**
 * The IDs that entities of some slugs may have. A slug is unique over all kinds, so at most one of each exists. A text that
 * is no slug has none.
 */
export const possibleIds = ({ kindNames }: Ontology, slugs: readonly string[]): readonly string[] =>
  slugs.filter(isSlug).flatMap((slug) => kindNames.map((kind) => globalId(kind, slug)));

/** Maximum length of an ID; none is longer. */
const LONGEST_ID = 500;

interface GlobalId {
  readonly kind: Kind;
  readonly slug: string;
}

/** Parses an opaque ID. @throws GraphQLError BAD_USER_INPUT if it is invalid */
export function parseGlobalId(ontology: Ontology, id: string): GlobalId {
  const parsed = readGlobalId(ontology, id);
  if (parsed) return parsed;
  throw badUserInput(`${notValid(id)}. Pass the \`id\` of an entity exactly as the API returned it.`);
}

function readGlobalId(ontology: Ontology, id: string): GlobalId | undefined {
  const text = id.length > LONGEST_ID ? '' : Buffer.from(id, 'base64url').toString();
  const [kind = '', slug = '', ...rest] = text.split(':');
  const isId = rest.length === 0 && ontology.isKind(kind) && isSlug(slug) && globalId(kind, slug) === id;
  return isId ? { kind, slug } : undefined;
}

const notValid = (id: string) => `${JSON.stringify(id.slice(0, 100))} is not a valid ID`;

/**
 * The slug of an entity that an argument other than those of `node` and `nodes` refers to, by global id or by slug.
 * @throws GraphQLError BAD_USER_INPUT if it is neither, or an id of another kind than asked for
 */
export function parseReference(ontology: Ontology, id: string, expected: Kind | 'Entity'): string {
  if (isSlug(id)) return id;
  const parsed = readGlobalId(ontology, id);
  if (!parsed) {
    throw badUserInput(`${notValid(id)} or slug. Pass one exactly as the API returned it, or find it with \`search\`.`);
  }
  const { kind, slug } = parsed;
  if (expected !== 'Entity' && kind !== expected) {
    throw badUserInput(
      `${JSON.stringify(id)} is the ID of ${nameOfOne(ontology, kind)}. Pass the ID or slug of ${nameOfOne(ontology, expected)}.`,
    );
  }
  return slug;
}
