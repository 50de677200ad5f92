import { type Role, roles, type Viewer } from './viewer.ts';

/** A role that sees a part of the graph. */
export interface DeclaredRole {
  /** Kinds, relations and properties that it does not see: `Kind`, `RELATION`, `Kind.property`, `RELATION.property`, `Entity.property`. */
  readonly hide: readonly string[];
}

/**
 * What roles see of the graph, by their names: `anonymous` and `reader`, which see all of it otherwise, and further ones, whose
 * holders may read. Editors and admins always see all of it, since they could not keep together what they do not see.
 */
export type DeclaredRoles = Readonly<Record<string, DeclaredRole>>;

/** The role of callers without credentials. */
export const ANONYMOUS = 'anonymous';

/** Maximum number of declared roles: each that is used has a schema, statistics and stored answers of its own. */
const MOST_ROLES = 20;
const MOST_HIDDEN = 1_000;

const isName = (name: string) => /^[a-z][a-z0-9-]{0,39}$/.test(name);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function faultsOfRole(name: string, role: unknown): readonly string[] {
  if (name === 'editor' || name === 'admin') {
    return [`The role ${name} always sees the whole graph: leave it out.`];
  }
  if (!isName(name)) return [`The name of the role ${JSON.stringify(name)} must be like partner or press-office.`];
  if (!isObject(role)) return [`The role ${name} must be an object such as {"hide": ["Kind", "Kind.property"]}.`];
  const unknown = Object.keys(role).filter((key) => key !== 'hide');
  const { hide } = role;
  const isList = Array.isArray(hide) && hide.length <= MOST_HIDDEN && hide.every((one) => typeof one === 'string');
  return [
    ...unknown.map((key) => `The role ${name} has the unknown option ${key}. It takes hide.`),
    ...(isList ? [] : [`The role ${name} needs "hide": a list of at most ${MOST_HIDDEN} names.`]),
  ];
}

/** All mistakes in a declaration of roles, as sentences. */
export function faultsOfRoles(value: unknown): readonly string[] {
  if (!isObject(value)) return ['It must be an object of roles, by their names.'];
  const named = Object.entries(value);
  return [
    ...(named.length > MOST_ROLES ? [`It has ${named.length} roles; the maximum is ${MOST_ROLES}.`] : []),
    ...named.flatMap(([name, role]) => faultsOfRole(name, role)),
  ];
}

/** Reads the declaration of roles. @returns the roles, or all mistakes as sentences */
export function readDeclaredRoles(
  text: string,
): { readonly roles: DeclaredRoles } | { readonly faults: readonly string[] } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { faults: [`It is no JSON: ${(error as Error).message}.`] };
  }
  const faults = faultsOfRoles(value);
  // Every role was checked above.
  return faults.length > 0 ? { faults } : { roles: value as DeclaredRoles };
}

/** The names that a key or a token may give a role by: those that everybody knows, and the declared ones. */
export const roleNames = (declared: DeclaredRoles = {}): readonly string[] => [
  ...Object.keys(declared).filter((name) => name !== ANONYMOUS && !isKnown(name)),
  ...roles,
];

const isKnown = (name: string): name is Role => (roles as readonly string[]).includes(name);

/** The rights that a role of this name gives; `undefined` if there is no such role. */
export function rightsOf(name: string, declared: DeclaredRoles = {}): Pick<Viewer, 'role' | 'sees'> | undefined {
  if (isKnown(name)) return { role: name };
  return roleNames(declared).includes(name) ? { role: 'reader', sees: name } : undefined;
}

/** The declared role by which a viewer sees the graph; `undefined` if all of it. */
export function sightOf({ role, sees }: Viewer, declared: DeclaredRoles): string | undefined {
  const name = sees ?? (role === null ? ANONYMOUS : role);
  return Object.hasOwn(declared, name) ? name : undefined;
}

/**
 * The same with a role for anonymous callers where reading needs a key and none is declared for them: the pages, which everybody
 * may load, then tell of nothing that any role does not see.
 */
export function withPublicPages(declared: DeclaredRoles, reading: 'open' | 'closed'): DeclaredRoles {
  if (reading === 'open' || Object.hasOwn(declared, ANONYMOUS) || Object.keys(declared).length === 0) return declared;
  return { ...declared, [ANONYMOUS]: { hide: [...new Set(Object.values(declared).flatMap(({ hide }) => hide))] } };
}
