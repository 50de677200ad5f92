import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { csvRow } from '../../../../src/doors/data/files/csv-cell.ts';
import { dataFolder } from '../data-folder.ts';
import { ownGraph } from '../own-graph.ts';

const own = ownGraph();
const child = fileURLToPath(new URL('../import-child.ts', import.meta.url));

/** What JavaScript may keep, in megabytes; tsx and the driver take some 30 of them. */
const HEAP = 72;
const MEGABYTE = 2 ** 20;

const lab = {
  name: 'A laboratory',
  designation: 'PLANNED',
  inScope: true,
  status: 'PLANNED',
  confidence: 'LOW',
  description: 'Water. '.repeat(1_500),
};

function* lines(format: 'jsonl' | 'csv', count: number): Generator<string> {
  if (format === 'csv') yield csvRow(['id', ...Object.keys(lab)]);
  for (let index = 0; index < count; index += 1) {
    // Long enough that V8 leaves it in the row it is cut from, unless it is copied.
    const id = `laboratory-of-${format}-${index}`;
    yield format === 'csv' ? csvRow([id, ...Object.values(lab).map(String)]) : `${JSON.stringify({ id, ...lab })}\n`;
  }
}

describe('an import in a process that may keep little', () => {
  it('takes files that are larger than its memory', { timeout: 600_000 }, async () => {
    const folder = dataFolder();
    for (const format of ['jsonl', 'csv'] as const) {
      const path = join(folder, `labs.${format}`);
      await pipeline(Readable.from(lines(format, 8_000)), createWriteStream(path));
      expect(statSync(path).size).toBeGreaterThan(HEAP * MEGABYTE);
    }
    const parameters = [
      `--max-old-space-size=${HEAP}`,
      '--import',
      'tsx',
      child,
      'files',
      folder,
      own.address.uri,
      '0',
    ];
    const importing = spawn(process.execPath, parameters, { stdio: ['ignore', 'ignore', 'inherit'] });
    expect(await once(importing, 'close')).toEqual([0, null]);
    expect(await own.counts()).toEqual({ Lab: 16_000 });
  });
});
