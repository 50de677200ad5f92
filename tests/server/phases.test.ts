import { describe, expect, it } from 'vitest';
import { inPhases, phases, type RequestPlugin } from '../../src/server/phases.ts';

describe('the phases of a request', () => {
  it('order plugins however they are listed, keep the order within a phase, and leave out absent ones', () => {
    const plugin = (phase: RequestPlugin['phase']): RequestPlugin => ({ phase });
    const [first, second] = [plugin('admit'), plugin('admit')];
    const backward = [...phases].reverse().map((phase) => (phase === 'admit' ? first : plugin(phase)));
    const ordered = inPhases([...backward, undefined, second]);
    expect(ordered.map(({ phase }) => phase)).toEqual(
      phases.flatMap((phase) => (phase === 'admit' ? [phase, phase] : [phase])),
    );
    expect(ordered.filter(({ phase }) => phase === 'admit')).toEqual([first, second]);
    expect(ordered[ordered.indexOf(first) + 1]).toBe(second);
  });
});
