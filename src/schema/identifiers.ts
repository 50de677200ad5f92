import { isSlug } from '../changes/check/check-properties.ts';
import type { Ontology } from '../ontology/ontology.ts';
import type { Kind } from '../ontology/vocabulary.ts';
import { badUserInput } from './errors.ts';
import { nameOfOne } from './names.ts';

/** The opaque ID of an entity, stable across restarts and imports. */
export const globalId = (kind: Kind, slug: string): string => Buffer.from(`${kind}:${slug}`).toString('base64url');

/** Maximum length of an ID; none is longer. */
const LONGEST_ID = 500;

/** Parses an opaque ID. @throws GraphQLError BAD_USER_INPUT if it is invalid */
export function parseGlobalId(ontology: Ontology, id: string): { readonly kind: Kind; readonly slug: string } {
  const text = id.length > LONGEST_ID ? '' : Buffer.from(id, 'base64url').toString();
  const [kind = '', slug = '', ...rest] = text.split(':');
  if (rest.length > 0 || !ontology.isKind(kind) || !isSlug(slug) || globalId(kind, slug) !== id) {
    throw badUserInput(
      `${JSON.stringify(id.slice(0, 100))} is not a valid ID. Pass the \`id\` of an entity exactly as the API returned it.`,
    );
  }
  return { kind, slug };
}

/**
 * The slug of an entity that an argument other than those of `node` and `nodes` refers to, by global id or by slug.
 * @throws GraphQLError BAD_USER_INPUT if it is neither, or an id of another kind than asked for
 */
export function parseReference(ontology: Ontology, id: string, expected: Kind | 'Entity'): string {
  if (isSlug(id)) return id;
  const { kind, slug } = parseGlobalId(ontology, id);
  if (expected !== 'Entity' && kind !== expected) {
    throw badUserInput(
      `${JSON.stringify(id)} is the ID of ${nameOfOne(ontology, kind)}. Pass the ID or slug of ${nameOfOne(ontology, expected)}.`,
    );
  }
  return slug;
}
