import { type DeclaredRoles, roleNames } from '../declared-roles.ts';
import { roles } from '../viewer.ts';

/** Identity providers whose tokens are accepted (https://openid.net/specs/openid-connect-core-1_0.html). */
export interface OidcSettings {
  /** Their issuer identifiers: web addresses, below which their configuration is discovered. */
  readonly issuers: readonly string[];
  readonly audience: string;
  /** Claim with roles or groups, by its name or by a path into objects, such as `realm_access.roles`. */
  readonly roleClaim: string;
  /** Roles by the values of the claim; `*` stands for every valid token that no value gives a role. */
  readonly roles: ReadonlyMap<string, string>;
}

/** Roles by their own names. */
export const ownNames = (declared: DeclaredRoles = {}): ReadonlyMap<string, string> =>
  new Map(roleNames(declared).map((role) => [role, role]));

/** The value that stands for every valid token without another role. */
export const ANY_VALUE = '*';

/** `staff=editor, it=admin, *=reader` as roles by values; `undefined` if a part is none. */
export function parseRoles(text: string, names: readonly string[] = roles): ReadonlyMap<string, string> | undefined {
  const mapping = new Map<string, string>();
  for (const part of text.split(',')) {
    const at = part.lastIndexOf('=');
    const value = part.slice(0, Math.max(at, 0)).trim();
    const role = names.find((known) => known === part.slice(at + 1).trim());
    if (value === '' || !role || mapping.has(value)) return undefined;
    mapping.set(value, role);
  }
  return mapping;
}

/** A claim by its name or, if there is none of that name, by a path into objects. */
function claimAt(payload: Readonly<Record<string, unknown>>, path: string): unknown {
  if (Object.hasOwn(payload, path)) return payload[path];
  let value: unknown = payload;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return value;
}

/** The highest role that the claims of a token give; `undefined` if they give none. */
export function roleOf(
  payload: Readonly<Record<string, unknown>>,
  { roleClaim, roles: mapping }: OidcSettings,
  declared: DeclaredRoles = {},
): string | undefined {
  const claim = claimAt(payload, roleClaim);
  const values: readonly unknown[] = Array.isArray(claim) ? claim : [claim];
  const found = new Set(values.flatMap((value) => (typeof value === 'string' ? (mapping.get(value) ?? []) : [])));
  // A declared role sees less than `reader`: beside `*=reader` it would otherwise never count.
  return roleNames(declared).findLast((role) => found.has(role)) ?? mapping.get(ANY_VALUE);
}
