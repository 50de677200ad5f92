import { describe, expect, it } from 'vitest';
import { openDriver } from '../../src/engine/database/open-driver.ts';
import { ownDatabase } from './own-database.ts';

async function ask(at: ReturnType<ReturnType<typeof ownDatabase>>, text: string) {
  const driver = openDriver(at);
  const { records } = await driver.executeQuery(text, {}, { database: 'neo4j' }).finally(() => driver.close());
  return records.map((record) => record.get(0));
}

const indexes = "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name ORDER BY name";
let before: readonly string[] = [];

describe('a test that changes the database of its worker', () => {
  const address = ownDatabase();

  it('may leave data, and take an index away', async () => {
    before = await ask(address(), indexes);
    const index = before.find((name) => name.startsWith('lab_'));
    expect(index).toBeDefined();
    await ask(address(), `DROP INDEX ${index}`);
    await ask(address(), 'CREATE (:Left) RETURN 1');
    expect(await ask(address(), indexes)).toHaveLength(before.length - 1);
  });
});

describe('the next test', () => {
  const address = ownDatabase();

  it('finds no node, and the indexes of the product', async () => {
    expect(await ask(address(), 'MATCH (node) RETURN count(node)')).toEqual([0]);
    expect(await ask(address(), indexes)).toEqual(before);
  });
});

describe('a test with two databases', () => {
  const [one, other] = [ownDatabase(), ownDatabase()];

  it('finds in one what is in it alone', async () => {
    await ask(one(), 'CREATE (:Left) RETURN 1');
    expect(await ask(other(), 'MATCH (node) RETURN count(node)')).toEqual([0]);
    expect(await ask(other(), indexes)).toEqual(before);
  });
});
