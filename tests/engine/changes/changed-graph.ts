import { afterAll, beforeAll, beforeEach } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { OperationsRefused } from '../../../src/engine/changes/answer.ts';
import { applyOperations } from '../../../src/engine/changes/apply/apply-operations.ts';
import type { Change } from '../../../src/engine/changes/change.ts';
import { readChanges } from '../../../src/engine/changes/log/read-changes.ts';
import type { ChangeRequest, Operation } from '../../../src/engine/changes/operation.ts';
import type { Address } from '../../../src/engine/database/address.ts';
import { openDriver } from '../../../src/engine/database/open-driver.ts';
import { createGraph, type Graph, type RanStatement } from '../../../src/engine/graph/graph.ts';
import type { Row } from '../../../src/engine/graph/statement.ts';
import { expectNoScanOfEverything } from '../../setup/explain.ts';
import { ownDatabase } from '../../setup/own-database.ts';

/** A graph that a test file changes; it is empty before each test. */
export interface ChangedGraph {
  readonly graph: Graph;
  readonly address: Address;
  /** What ran since the test began. */
  readonly ran: readonly RanStatement[];
  ask(text: string, parameters?: Record<string, unknown>): Promise<readonly Row[]>;
  /** Another server on the same database. */
  another(): Graph;
  change(operations: readonly Operation[], more?: Partial<ChangeRequest>): ReturnType<typeof applyOperations>;
  /** The faults of operations that must be refused, as `operation path CODE: message`. */
  faults(operations: readonly Operation[], more?: Partial<ChangeRequest>): Promise<readonly string[]>;
  log(): Promise<readonly Change[]>;
  /** Every node and relation, whatever it is, to compare. */
  everything(): Promise<unknown>;
}

export function changedGraph(): ChangedGraph {
  const address = ownDatabase();
  const ran: RanStatement[] = [];
  const closing: (() => Promise<void>)[] = [];
  const asked = new Map<string, RanStatement>();
  let graph: Graph;

  const observe = (statement: RanStatement) => {
    ran.push(statement);
    if (!statement.name.startsWith('test') && !statement.error) asked.set(statement.text, statement);
  };

  function another(): Graph {
    const driver = openDriver(address());
    closing.push(() => driver.close());
    return createGraph(driver, cooperation, { database: address().database, observe });
  }

  const ask: ChangedGraph['ask'] = (text, parameters = {}) =>
    graph.write((run) => run({ name: 'test', text }, parameters));
  const change: ChangedGraph['change'] = (operations, more) =>
    applyOperations(graph, { operations, author: 'tester', ...more });

  beforeAll(() => {
    graph = another();
  });
  beforeEach(async () => {
    await ask('MATCH (node) DETACH DELETE node');
    ran.length = 0;
  });
  afterAll(async () => {
    const driver = openDriver(address());
    await expectNoScanOfEverything(driver, asked.values());
    await Promise.all([driver.close(), ...closing.map((close) => close())]);
  });

  return {
    get graph() {
      return graph;
    },
    get address() {
      return address();
    },
    ran,
    ask,
    another,
    change,
    async faults(operations, more) {
      const refusal = await change(operations, more).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (!(refusal instanceof OperationsRefused)) throw refusal ?? new Error('The operations were done.');
      return refusal.faults.map(
        ({ operation, path, code, message }) => `${[operation, ...path].join(' ')} ${code}: ${message}`,
      );
    },
    log: async () => (await readChanges(graph, { after: 0, first: 100_000 })).changes,
    everything: async () => [
      await ask('MATCH (node) RETURN elementId(node), labels(node), properties(node) ORDER BY elementId(node)'),
      await ask(
        'MATCH ()-[relation]->() RETURN elementId(relation), properties(relation) ORDER BY elementId(relation)',
      ),
    ],
  };
}

export const create = (
  kind: 'Area' | 'Country' | 'Institution' | 'Lab' | 'Platform' | 'Program' | 'Source',
  slug: string,
  more: Record<string, unknown> = {},
): Extract<Operation, { readonly action: 'CREATE' }> => ({
  action: 'CREATE',
  kind,
  slug,
  properties: { ...leastOf(kind, slug), ...more },
});

/** The properties without which there is no such entity. */
export function leastOf(kind: string, slug: string): Record<string, unknown> {
  const name = `The ${kind} ${slug}`.trim();
  switch (kind) {
    case 'Area':
      return { name, definition: 'What it covers.', keyArea: false, topArea: false, editorial: true };
    case 'Country':
      return {
        name,
        code: slug.toUpperCase(),
        codeAlpha3: `${slug.toUpperCase()}X`,
        region: 'ASIA',
        subregion: 'Somewhere',
        briStatus: 'PARTICIPANT',
      };
    case 'Institution':
      return { name, type: 'UNIVERSITY' };
    case 'Lab':
      return { name, designation: 'PLANNED', inScope: false, status: 'PLANNED', confidence: 'LOW' };
    case 'Platform':
      return { name, type: 'ALLIANCE', level: 'NATIONAL', status: 'OPERATING', confidence: 'LOW' };
    case 'Program':
      return { name, type: 'INITIATIVE', description: 'What it is about.' };
    default:
      return { name, type: 'MEDIA', reliability: 'LOW' };
  }
}

export const link = (
  relation: Extract<Operation, { readonly action: 'LINK' }>['relation'],
  from: string,
  to: string,
  more: { properties?: Record<string, unknown>; sources?: readonly string[]; expectedRevision?: number } = {},
): Operation => ({ action: 'LINK', relation, from, to, properties: {}, ...more });

export const unlink = (
  relation: Extract<Operation, { readonly action: 'UNLINK' }>['relation'],
  from: string,
  to: string,
): Operation => ({ action: 'UNLINK', relation, from, to });
