import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { classArchiveOptions } from '../../../src/cli/managed-database/class-archive.ts';

const folder = mkdtempSync(join(tmpdir(), 'silkgraph-archive-'));
afterAll(() => rmSync(folder, { recursive: true }));

const optionsFor = (javaVersion: string) => classArchiveOptions({ java: 'java', javaVersion, folder });

describe('the archive of Neo4j’s classes', () => {
  it('is written by a Neo4j that finds none', () => {
    const { java, launcher } = optionsFor('17.0.1');
    expect(java).toEqual(['-XX:+RecordDynamicDumpInfo']);
    expect(launcher).toEqual(['--archive-classes', join(folder, 'classes-17.0.1.jsa')]);
  });

  it('is read by a Neo4j that finds it, if it is of the same Java', () => {
    writeFileSync(join(folder, 'classes-17.0.2.jsa'), '');
    expect(optionsFor('17.0.2')).toEqual({
      java: [`-XX:SharedArchiveFile=${join(folder, 'classes-17.0.2.jsa')}`],
      launcher: [],
    });
    expect(optionsFor('17.0.3').launcher).toEqual(['--archive-classes', join(folder, 'classes-17.0.3.jsa')]);
  });
});
