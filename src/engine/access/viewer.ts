export const roles = ['reader', 'editor', 'admin'] as const;

/** Roles in ascending order: each includes the rights of those before it. */
export type Role = (typeof roles)[number];

/** The caller of a request. */
export interface Viewer {
  /** Name in the change log. */
  readonly name: string;
  /**
   * Unique identity: `key:<id>` or `token:<issuer>|<subject>`. Names are not unique. Undefined for requests without
   * credentials.
   */
  readonly id?: string;
  /** `null` for anonymous callers. */
  readonly role: Role | null;
  /** The declared role by which a reader sees a part of the graph; undefined if the role `reader` itself decides. */
  readonly sees?: string;
  /** Kinds that the caller may write. Undefined if the role alone decides. */
  readonly writes?: readonly string[];
  /** Maximum rate of requests of the caller, in place of that of the server. */
  readonly rate?: { readonly requests: number; readonly seconds: number };
  /** When the credentials expire, in milliseconds since 1970; connections end then, too. Undefined if they do not expire. */
  readonly expiresAt?: number;
}

export const anonymous: Viewer = { name: 'anonymous', role: null };

/** Whether a viewer has at least a role. */
export const may = ({ role }: Viewer, wanted: Role): boolean =>
  role !== null && roles.indexOf(role) >= roles.indexOf(wanted);
