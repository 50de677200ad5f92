import { describe, expect, it } from 'vitest';
import { explain } from '../../../src/cli/commands/explain.ts';
import { builtInGraph } from '../../../src/cli/commands/session/graph-option.ts';
import { ChangedMeanwhile } from '../../../src/doors/data/import/write-records.ts';
import { GraphError } from '../../../src/engine/graph/errors.ts';
import { OntologyChanged } from '../../../src/engine/stored-ontology/stored-ontology.ts';

describe('why a command failed', () => {
  it('is told in the words of an error that was written for people', () => {
    const error = new ChangedMeanwhile('The graph has changed in the meantime. Run the same command again.');
    expect(explain(error)).toBe(error.message);
  });

  it('is told in few words where it is the database', () => {
    expect(explain(new GraphError('TIMEOUT', 'import-create-labs: …'), { withStack: true })).toBe(
      'The database took too long.',
    );
    for (const code of ['ServiceUnavailable', 'ProtocolError']) {
      const gone = Object.assign(new Error('Connection refused'), { code });
      expect(explain(gone, { withStack: true })).toBe('The database does not respond.');
    }
  });

  it('is told in words where the operating system refuses a file', () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), {
      code: 'ENOSPC',
      syscall: 'write',
    });
    expect(explain(full, { withStack: true })).toBe('A file cannot be used: the disk is full.');
    const many = Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE', path: '/opt/a.js' });
    expect(explain(many, { withStack: true })).toMatch(
      /^\/opt\/a\.js cannot be used: too many files are open; raise their limit/,
    );
  });

  it('is told with the graph that the command is about where the data may be those of another, and none was named', () => {
    const error = new OntologyChanged(['The ontology no longer has Plant.']);
    expect(explain(error, { isBuiltIn: true })).toBe(`${error.message}\n${builtInGraph}`);
    expect(explain(error)).toBe(error.message);
    const full = new ChangedMeanwhile('The graph has changed in the meantime.');
    expect(explain(full, { isBuiltIn: true })).toBe(full.message);
  });

  it('is told with what else there is, and with a stack where one is asked for', () => {
    const error = new TypeError('x is no function');
    expect(explain(error)).toContain('x is no function');
    expect(explain(error)).not.toContain('explain.test');
    expect(explain(error, { withStack: true })).toContain('explain.test');
  });
});
