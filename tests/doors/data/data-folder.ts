import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Files of a test by their names: records, or the text or bytes of the file. */
export type DataFiles = Readonly<Record<string, readonly unknown[] | string | Uint8Array>>;

/** Writes files to a new folder, which is removed when the test has ended. */
export function dataFolder(files: DataFiles = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'silkgraph-data-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeData(folder, files);
  return folder;
}

/** Writes files to a folder, over those of the same name. */
export function writeData(folder: string, files: DataFiles): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const records = Array.isArray(content) ? content.map((record) => JSON.stringify(record)) : undefined;
    const text = name.endsWith('.jsonl') ? records?.join('\n') : records && `[\n${records.join(',\n')}\n]\n`;
    writeFileSync(join(folder, name), text ?? (content as string | Uint8Array));
  }
}
