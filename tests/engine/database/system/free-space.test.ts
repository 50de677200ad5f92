import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { requireSpace } from '../../../../src/engine/database/system/free-space.ts';

describe('requireSpace', () => {
  it('names the folder whose disk is full, before a Neo4j is started that would wait on it', () => {
    const full = () => requireSpace(tmpdir(), () => 1_000_000);
    expect(full).toThrow(expect.objectContaining({ name: 'DatabaseError', reason: 'start-failed' }));
    expect(full).toThrow(`free at ${tmpdir()}. Make room, or set SILKGRAPH_FOLDER`);
    expect(() => requireSpace(tmpdir(), () => 100_000_000)).not.toThrow();
  });
});
