import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { createGraphRevisions } from '../../../src/engine/changes/log/graph-revisions.ts';
import { GraphError } from '../../../src/engine/graph/errors.ts';
import type { Graph } from '../../../src/engine/graph/graph.ts';
import { inTime } from '../../../src/engine/graph/in-time.ts';
import { withLatePlanning } from '../../../src/engine/planning/late-planning.ts';
import { createPlanner } from '../../../src/engine/planning/planner.ts';
import { createNewStatements } from '../../../src/server/limits/new-statements.ts';
import { runningRows } from '../../setup/graph-double.ts';
import { slowlyPlanned } from '../../setup/slowly-planned.ts';

const one = { name: 'one', text: 'RETURN 1' };

function slowDatabase(rows: readonly (readonly unknown[])[] = [[1]]) {
  const database = slowlyPlanned(rows);
  const planner = createPlanner(database.graph);
  return { ...database, planner, late: withLatePlanning(database.graph, planner) };
}

describe('a statement that takes longer to plan than it may', () => {
  it('fails, is planned in the background whatever that takes, and runs from then on', async () => {
    const { late, planner, attempts, finish } = slowDatabase();
    await expect(late.read(one, {}, { timeout: 5 })).rejects.toMatchObject({ fault: 'TIMEOUT' });
    await expect(late.read(one, {}, { timeout: 5 })).rejects.toMatchObject({ fault: 'TIMEOUT' });
    const planning = planner.planning(one.text);
    finish();
    expect(await planning).toBe(true);
    expect(await late.read(one, {}, { timeout: 5 })).toEqual([[1]]);
    // The first attempt, and once in the background: what came again has waited.
    expect(attempts).toEqual(['RETURN 1', 'EXPLAIN RETURN 1']);
  });

  it('makes those wait who run it meanwhile, until it is planned or they leave', async () => {
    const { late, attempts, finish } = slowDatabase();
    await expect(late.read(one, {}, { timeout: 5 })).rejects.toThrow();
    const leaving = new AbortController();
    const left = late.read(one, {}, { signal: leaving.signal });
    leaving.abort();
    await expect(left).rejects.toMatchObject({ fault: 'CANCELLED' });
    const patient = late.read(one, {});
    finish();
    expect(await patient).toEqual([[1]]);
    expect(attempts).toHaveLength(2);
  });

  it('counts as new until it is planned, and is paid for once', async () => {
    const { late, finish, planner } = slowDatabase();
    const statements = createNewStatements({ characters: 300, charactersPerSecond: 0.001 });
    const admit = (text: string, signal?: AbortSignal) => statements.admit(text, 'caller', signal);
    await expect(late.read(one, {}, { admit, timeout: 5 })).rejects.toMatchObject({ fault: 'TIMEOUT' });
    expect(statements.admit(one.text, 'caller')).toBeDefined();
    const planning = planner.planning(one.text);
    finish();
    await planning;
    expect(await late.read(one, {}, { admit, timeout: 1_000 })).toEqual([[1]]);
    await expect(late.read({ ...one, text: 'RETURN 2' }, {}, { admit })).rejects.toMatchObject({
      extensions: { code: 'RATE_LIMITED' },
    });
  });

  it('is not planned for a caller who was not admitted', async () => {
    const { late, planner, attempts } = slowDatabase();
    const never = () => new Promise<never>(() => {});
    // The graph waits for the admission as long as the read may last.
    const graph: Graph = {
      ...late,
      read: (statement, parameters, options) =>
        late.read(statement, parameters, { ...options, admit: () => inTime(never(), 5, () => new Error('refused')) }),
    };
    await expect(graph.read(one, {})).rejects.toThrow('refused');
    expect([planner.planning(one.text), attempts]).toEqual([undefined, []]);
  });

  it('is planned in the background as a part of a change, too', async () => {
    const { graph, planner, finish } = slowDatabase();
    const overdue = new GraphError('TIMEOUT', 'The time limit was reached.');
    const run = runningRows(() => Promise.reject(overdue));
    const late = withLatePlanning({ ...graph, write: (work) => work(run) }, planner);
    await expect(late.write((ran) => ran(one, {}))).rejects.toBe(overdue);
    const planning = planner.planning(one.text);
    finish();
    expect(await planning).toBe(true);
  });
});

describe('a server whose database plans slowly', () => {
  it('knows the change log once the reading of it is planned, and stores answers from then on', async () => {
    const { late, graph, attempts, finish, planner } = slowDatabase([[0, null, true, [], false, false]]);
    const options = { timeout: 20, staleness: 0 };
    const [impatient, revisions] = [createGraphRevisions(graph, options), createGraphRevisions(late, options)];
    expect([await impatient.refresh(), await revisions.refresh()]).toEqual([false, false]);
    const [text = ''] = attempts;
    const planning = planner.planning(text);
    finish();
    await planning;
    // After a failure the log is left alone for a second.
    await expect.poll(() => revisions.refresh(), { timeout: 10_000 }).toBe(true);
    expect(await revisions.refresh()).toBe(true);
    expect(cooperation.kindNames.every((kind) => revisions.isCurrent(new Set([kind]), revisions.mark))).toBe(true);
  });
});
