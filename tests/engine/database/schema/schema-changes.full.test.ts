import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Driver } from 'neo4j-driver';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDriver } from '../../../../src/engine/database/open-driver.ts';
import { refuseForeignData } from '../../../../src/engine/database/refuse-foreign-data.ts';
import { applySchemaChanges } from '../../../../src/engine/database/schema/apply-schema-changes.ts';
import { ownDatabase } from '../../../setup/own-database.ts';

const address = ownDatabase();
let driver: Driver;
let folder: string;

beforeAll(() => {
  driver = openDriver(address());
});
afterAll(() => driver.close());

const ask = async (text: string) => (await driver.executeQuery(text)).records.map((record) => record.toObject());
const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

beforeEach(async () => {
  await ask('MATCH (node) DETACH DELETE node');
  for (const { name } of await ask('SHOW CONSTRAINTS YIELD name')) await ask(`DROP CONSTRAINT ${name}`);
  for (const { name } of await ask('SHOW INDEXES YIELD name, type WHERE type <> "LOOKUP"'))
    await ask(`DROP INDEX ${name}`);
  folder = mkdtempSync(join(tmpdir(), 'silkgraph-schema-'));
  write('0001-one.cypher', '// One; and its comment\nCREATE (:_One {text: "a;b"});\nCREATE (:_One);\n');
  write('0002-two.cypher', 'MATCH (one:_One) SET one.seen = true;');
  return () => rmSync(folder, { recursive: true });
});

describe('applySchemaChanges', () => {
  const apply = (derived: readonly string[] = []) => applySchemaChanges(driver, address(), { folder, derived });

  it('applies each file once, in order, and remembers it', async () => {
    expect(await apply()).toEqual(['0001-one.cypher', '0002-two.cypher', 'ontology']);
    write('0003-three.cypher', 'CREATE (:_Three);\r\n');
    expect(await apply()).toEqual(['0003-three.cypher']);
    expect(await apply()).toEqual([]);
    expect(await ask('MATCH (one:_One) RETURN one.text AS text, one.seen AS seen ORDER BY text')).toEqual([
      { text: 'a;b', seen: true },
      { text: null, seen: true },
    ]);
    expect(await ask('MATCH (three:_Three) RETURN count(*) AS times')).toEqual([{ times: 1 }]);
  });

  it('creates what the ontology asks for, and again only when that has changed', async () => {
    const index = (property: string) => `CREATE INDEX lab_${property} IF NOT EXISTS FOR (lab:Lab) ON (lab.${property})`;
    await apply([index('name')]);
    expect(await apply([index('name')])).toEqual([]);
    expect(await apply([index('name'), index('city')])).toEqual(['ontology']);
    const names = await ask(
      'SHOW INDEXES YIELD name, state WHERE name STARTS WITH "lab_" RETURN name, state ORDER BY name',
    );
    expect(names).toEqual(['lab_city', 'lab_name'].map((name) => ({ name, state: 'ONLINE' })));
  });

  it('drops the full-text index of an earlier ontology, and no other index', async () => {
    const index = (name: string) =>
      `CREATE FULLTEXT INDEX ${name} IF NOT EXISTS FOR (entity:Entity) ON EACH [entity.${name}]`;
    await ask(index('another'));
    const replace = (name: string) =>
      applySchemaChanges(driver, address(), { folder, derived: [index(name)], replaced: 'entity_search' });
    await replace('entity_search_one');
    await replace('entity_search_two');
    const names = await ask('SHOW FULLTEXT INDEXES YIELD name RETURN name ORDER BY name');
    expect(names.map(({ name }) => name)).toEqual(['another', 'entity_search_two']);
  });

  it('does not mind how lines end', async () => {
    await apply();
    write('0001-one.cypher', '// One; and its comment\r\nCREATE (:_One {text: "a;b"});\r\nCREATE (:_One);\r\n');
    expect(await apply()).toEqual([]);
  });

  it('stops at a file that was changed after it was applied', async () => {
    await apply();
    write('0001-one.cypher', 'CREATE (:_One {text: "another"});');
    await expect(apply()).rejects.toMatchObject({ name: 'DatabaseError', reason: 'schema-change-altered' });
    await expect(apply()).rejects.toThrow(/^0001-one\.cypher in .* is not what was applied to this database/);
  });

  it('stops at a missing file, and applies nothing else', async () => {
    await apply();
    rmSync(join(folder, '0001-one.cypher'));
    write('0003-three.cypher', 'CREATE (:_Three);');
    await expect(apply()).rejects.toThrow('0001-one.cypher was applied to this database but is not in');
    expect(await ask('MATCH (three:_Three) RETURN count(*) AS times')).toEqual([{ times: 0 }]);
  });

  it('stops at a new file that comes before one applied already', async () => {
    await apply();
    write('0001-more.cypher', 'CREATE (:_More);');
    await expect(apply()).rejects.toThrow('0001-more.cypher comes before 0002-two.cypher');
  });

  it('names the statement that fails, and goes on with that file once it is put right', async () => {
    write('0002-two.cypher', 'CREATE (:_Two);\nCREATE NONSENSE;');
    await expect(apply()).rejects.toThrow('Statement 2 of 0002-two.cypher failed');
    write('0002-two.cypher', 'MATCH (one:_One) SET one.seen = true;');
    expect(await apply()).toEqual(['0002-two.cypher', 'ontology']);
  });

  it('applies each file once when several servers start at the same time', async () => {
    const drivers = [1, 2, 3, 4, 5].map(() => openDriver(address()));
    const applied = await Promise.all(
      drivers.map((other) => applySchemaChanges(other, address(), { folder, derived: [] })),
    );
    await Promise.all(drivers.map((other) => other.close()));
    expect(applied.flat()).toEqual(['0001-one.cypher', '0002-two.cypher', 'ontology']);
    expect(await ask('MATCH (one:_One) RETURN count(*) AS times')).toEqual([{ times: 2 }]);
  });

  it('is not blocked by a server that died while it changed the schema', async () => {
    await apply();
    write('0003-three.cypher', 'CREATE (:_Three);');
    const dying = openDriver(address());
    await dying.session().beginTransaction().run('MATCH (lock:_SchemaLock) SET lock.takenAt = null');
    const waiting = apply();
    await dying.close();
    expect(await waiting).toEqual(['0003-three.cypher']);
  });

  it('says that it waits for another server while one changes the schema', async () => {
    await apply();
    write('0003-three.cypher', 'CREATE (:_Three);');
    const other = openDriver(address());
    const holder = other.session().beginTransaction();
    await holder.run('MATCH (lock:_SchemaLock) SET lock.takenAt = null');
    let applied: Promise<readonly string[]> | undefined;
    const said = await new Promise<string>((resolve) => {
      applied = applySchemaChanges(driver, address(), { folder, derived: [], report: resolve });
    });
    expect(said).toBe('Waiting for another server that is changing the schema');
    await holder.rollback();
    await other.close();
    expect(await applied).toEqual(['0003-three.cypher']);
  });

  it('gives entities their identity', async () => {
    await applySchemaChanges(driver, address(), { derived: [] });
    await ask('CREATE (:Entity {id: "one"})');
    await expect(ask('CREATE (:Entity {id: "one"})')).rejects.toThrow('already exists');
  });
});

describe('refuseForeignData', () => {
  const refuse = () => refuseForeignData(driver, address());

  it('accepts an empty database, and one of our own', async () => {
    await expect(refuse()).resolves.toBeUndefined();
    await applySchemaChanges(driver, address(), { folder, derived: [] });
    await ask('CREATE (:Entity:Lab {id: "one"})-[:RESEARCHES]->(:Entity:Area {id: "two"})');
    await expect(refuse()).resolves.toBeUndefined();
  });

  it.each([
    ['nodes of other labels', 'CREATE (:Person {name: "Keanu"}), (:`Odd ``label`)', 2],
    ['nodes without a label', 'CREATE ()', 1],
    ["entities that are not Silkgraph's", 'CREATE (:Entity {id: "one"})', 1],
  ])('refuses %s, and writes nothing', async (_what, create, nodes) => {
    await ask(create);
    await expect(refuse()).rejects.toMatchObject({ name: 'DatabaseError', reason: 'foreign-data' });
    await expect(refuse()).rejects.toThrow(`holds ${nodes} nodes`);
    expect(await ask('MATCH (node) RETURN count(node) AS nodes')).toEqual([{ nodes }]);
  });

  it('does not mistake concurrent writes of another server for foreign data', async () => {
    await applySchemaChanges(driver, address(), { folder, derived: [] });
    let isOver = false;
    const writing = (async () => {
      while (!isOver) {
        await ask('UNWIND range(1, 50) AS number CREATE (:Entity {id: toString(number)}), (:_Change)');
        await ask('MATCH (node:Entity|_Change) DELETE node');
      }
    })();
    for (let round = 0; round < 30; round += 1) await refuse();
    isOver = true;
    await writing;
  });

  it('refuses a stranger among our own', async () => {
    await applySchemaChanges(driver, address(), { folder, derived: [] });
    await ask('CREATE (:Person {name: "Keanu"})');
    await expect(refuse()).rejects.toThrow('Person');
  });
});
