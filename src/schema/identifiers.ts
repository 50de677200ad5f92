import { isSlug } from '../changes/check-properties.ts';
import { isKind, type Kind } from '../ontology/kinds.ts';
import { badUserInput } from './errors.ts';

/** The opaque id of an entity: stable over restarts and imports. */
export const globalId = (kind: Kind, slug: string): string => Buffer.from(`${kind}:${slug}`).toString('base64url');

/** Maximum number of characters in an id: no kind and slug make a longer one. */
const LONGEST_ID = 500;

/** Reads an opaque id. @throws GraphQLError BAD_USER_INPUT where the text is none */
export function parseGlobalId(id: string): { readonly kind: Kind; readonly slug: string } {
  const text = id.length > LONGEST_ID ? '' : Buffer.from(id, 'base64url').toString();
  const [kind = '', slug = '', ...rest] = text.split(':');
  if (rest.length > 0 || !isKind(kind) || !isSlug(slug) || globalId(kind, slug) !== id) {
    throw badUserInput(
      `${JSON.stringify(id.slice(0, 100))} is not an id. Pass the \`id\` of an entity as an answer gave it.`,
    );
  }
  return { kind, slug };
}

/**
 * The slug in what arguments other than those of `node` and `nodes` take for an entity: an opaque id, or the slug itself.
 * @throws GraphQLError BAD_USER_INPUT where it is neither, or an id of another kind than asked for
 */
export function parseReference(id: string, expected: Kind | 'Entity'): string {
  if (isSlug(id)) return id;
  const { kind, slug } = parseGlobalId(id);
  if (expected !== 'Entity' && kind !== expected) {
    throw badUserInput(`${JSON.stringify(id)} is the id of a ${kind}; pass that of a ${expected}, or its slug.`);
  }
  return slug;
}
