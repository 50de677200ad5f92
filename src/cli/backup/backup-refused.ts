/** A backup cannot be written, or a file cannot be restored. The message says why, and what to do. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused';
}
