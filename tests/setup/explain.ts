import type { Driver, Plan } from 'neo4j-driver';
import { expect } from 'vitest';
import type { Parameters } from '../../src/engine/graph/graph.ts';
import { inOneParameter } from '../../src/engine/graph/statement.ts';
import { isFull } from './is-full.ts';

interface Explained {
  readonly text: string;
  readonly parameters: Parameters;
}

/** A node that a unique index finds: put beside each row, it makes no pairs of all. */
const isOneNode = ({ operatorType }: Plan) => operatorType.startsWith('NodeUniqueIndexSeek');

const operatorsOf = ({ operatorType, children }: Plan): readonly string[] => {
  const operator = operatorType.replace(/@.*$/, '');
  const below = children.flatMap(operatorsOf);
  return operator === 'CartesianProduct' && children.some(isOneNode) ? below : [operator, ...below];
};

/** The operators of the plan that Neo4j makes of a statement. */
export async function explain(driver: Driver, { text, parameters }: Explained): Promise<readonly string[]> {
  const session = driver.session();
  try {
    const sent = inOneParameter(`EXPLAIN ${text}`, parameters);
    const { summary } = await session.run(sent.text, sent.parameters);
    return summary.plan ? operatorsOf(summary.plan) : [];
  } finally {
    await session.close();
  }
}

/** Maximum number of statements of one name that are explained: Neo4j plans each anew for it. */
const MOST_OF_A_NAME = isFull ? 12 : 1;

/** Some of many, evenly. */
const someOf = <Item>(items: readonly Item[]): readonly Item[] => {
  const step = Math.max(1, items.length / MOST_OF_A_NAME);
  return items.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
};

/** Texts that were explained in this worker, after the address of their database. Neo4j has one plan of each. */
const explained = new Set<string>();

/**
 * Holds for the statements that a test file made the server run, or for some of each name: none visits all nodes or all
 * pairs of nodes. Those that an earlier file explained are left out.
 */
export async function expectNoScanOfEverything(
  driver: Driver,
  statements: Iterable<Explained & { readonly name: string }>,
): Promise<void> {
  const byName = new Map<string, Explained[]>();
  const { address } = await driver.getServerInfo();
  const keyOf = ({ text }: Explained) => `${address} ${text}`;
  for (const { name, ...statement } of statements) {
    if (!explained.has(keyOf(statement))) byName.set(name, [...(byName.get(name) ?? []), statement]);
  }
  for (const statement of [...byName.values()].flatMap(someOf)) {
    const operators = await explain(driver, statement);
    expect(operators, statement.text).not.toEqual([]);
    expect(operators, statement.text).not.toContain('AllNodesScan');
    expect(operators, statement.text).not.toContain('CartesianProduct');
    explained.add(keyOf(statement));
  }
}
