import { renameSync, writeFileSync } from 'node:fs';

/** Writes a file whole or not at all, also when the machine is switched off meanwhile. */
export function writeWhole(path: string, text: string, mode = 0o666): void {
  writeFileSync(`${path}.part`, text, { mode, flush: true });
  renameSync(`${path}.part`, path);
}
