import { renameSync, writeFileSync } from 'node:fs';

/** Writes a file completely or not at all, even if the machine is switched off in the meantime. */
export function writeWhole(path: string, text: string, mode = 0o666): void {
  writeFileSync(`${path}.part`, text, { mode, flush: true });
  renameSync(`${path}.part`, path);
}
