export const roles = ['reader', 'editor', 'admin'] as const;

/** What somebody may do: each role may all that those before it may. */
export type Role = (typeof roles)[number];

/** Who asks. */
export interface Viewer {
  /** As the change log names them. */
  readonly name: string;
  /**
   * Who they are, with the kind of what they showed: `key:<id>` or `token:<issuer>|<subject>`. Names may coincide, these
   * do not. Absent: nobody showed anything.
   */
  readonly id?: string;
  /** `null`: somebody who did not say who they are. */
  readonly role: Role | null;
  /** When what they showed ends, in milliseconds since 1970, and with it every connection; absent: not by itself. */
  readonly expiresAt?: number;
}

export const anonymous: Viewer = { name: 'anonymous', role: null };

/** Whether a viewer may do what a role may. */
export const may = ({ role }: Viewer, wanted: Role): boolean =>
  role !== null && roles.indexOf(role) >= roles.indexOf(wanted);
