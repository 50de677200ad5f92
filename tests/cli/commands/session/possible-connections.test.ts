import { describe, expect, it } from 'vitest';
import { possibleConnections } from '../../../../src/cli/commands/session/possible-connections.ts';

const limits = (files: string) =>
  `Limit                     Soft Limit           Hard Limit           Units\nMax open files            ${files.padEnd(20)} 4096                 files\n`;

describe('possibleConnections', () => {
  it('leaves open files to the database and to the process itself', () => {
    expect(possibleConnections({ concurrency: 25 }, limits('1024'))).toBe(1024 - 60 - 50);
    expect(possibleConnections({ concurrency: 25 }, limits('100'))).toBe(1);
  });

  it('are any number where there is no limit, or none is known', () => {
    expect(possibleConnections({ concurrency: 25 }, limits('unlimited'))).toBeUndefined();
    expect(possibleConnections({ concurrency: 25 }, '')).toBeUndefined();
  });
});
