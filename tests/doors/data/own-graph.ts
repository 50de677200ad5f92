import { setTimeout as sleep } from 'node:timers/promises';
import type { Driver } from 'neo4j-driver';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import type { Address } from '../../../src/engine/database/address.ts';
import { openDriver } from '../../../src/engine/database/open-driver.ts';
import { createGraph, type Graph, type RanStatement } from '../../../src/engine/graph/graph.ts';
import type { Row } from '../../../src/engine/graph/statement.ts';
import { ownDatabase } from '../../setup/own-database.ts';

/** A graph that a test file may write to; it is empty before each test. */
export interface OwnGraph {
  readonly graph: Graph;
  readonly address: Address;
  /** What ran since the test began. */
  readonly ran: readonly RanStatement[];
  ask(text: string, parameters?: Record<string, unknown>): Promise<readonly Row[]>;
  /** Waits until a transaction waits for a lock that another one has, or until the work has ended. */
  untilBlocked(work: Promise<unknown>): Promise<void>;
  /** How many entities of each kind and relations of each type there are, by name. */
  counts(): Promise<Record<string, number>>;
  /** All that is in the graph, to compare: but for the log and the locks, and for when it was written. */
  content(): Promise<readonly Row[]>;
}

function withoutInstants(properties: unknown): object {
  const { _createdAt, _updatedAt, ...rest } = Object(properties);
  return rest;
}

const blocked = {
  name: 'test-blocked',
  text: 'SHOW TRANSACTIONS YIELD status WHERE status STARTS WITH "Blocked" RETURN status',
};

export function ownGraph(): OwnGraph {
  const address = ownDatabase();
  const ran: RanStatement[] = [];
  let driver: Driver;
  let graph: Graph;

  const ask: OwnGraph['ask'] = (text, parameters = {}) => graph.write((run) => run({ name: 'test', text }, parameters));

  beforeAll(async () => {
    driver = openDriver(address());
    graph = createGraph(driver, cooperation, {
      database: address().database,
      observe: (statement) => ran.push(statement),
    });
  });
  beforeEach(async () => {
    await ask('MATCH (node) DETACH DELETE node');
    ran.length = 0;
  });
  afterAll(() => driver.close());

  return {
    get graph() {
      return graph;
    },
    get address() {
      return address();
    },
    ran,
    ask,
    async untilBlocked(work) {
      let hasEnded = false;
      const end = () => {
        hasEnded = true;
      };
      work.then(end, end);
      while (!hasEnded && (await graph.read(blocked, {})).length === 0) await sleep(10);
    },
    async counts() {
      const kinds = await ask('MATCH (node:Entity) UNWIND labels(node) AS label RETURN label, count(*)');
      const types = await ask('MATCH (:Entity)-[relation]->(:Entity) RETURN type(relation), count(*)');
      return Object.fromEntries([...kinds, ...types].filter(([name]) => name !== 'Entity'));
    },
    async content() {
      const nodes = await ask(
        'MATCH (node) WHERE NOT node:`_Change`|`_ChangeLog`|`_Lock` RETURN labels(node), properties(node) ORDER BY node.id',
      );
      const relations = await ask(
        'MATCH (from)-[relation]->(to) RETURN from.id, type(relation), to.id, properties(relation) ORDER BY from.id, type(relation), to.id',
      );
      return [...nodes.map(([labels, properties]) => [labels, withoutInstants(properties)]), ...relations];
    },
  };
}
