/** A path as people type it in a shell: in quotes if it has other characters than those of most names. */
export const inShell = (path: string): string => (/^[\w./:\\@%+,=-]+$/.test(path) ? path : `"${path}"`);
