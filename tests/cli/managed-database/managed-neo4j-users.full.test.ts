import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  databaseStatus,
  findDatabase,
  startDatabase,
  stopDatabase,
} from '../../../src/cli/managed-database/find-database.ts';
import { openDriver } from '../../../src/engine/database/open-driver.ts';
import { verifyDatabase } from '../../../src/engine/database/verify-database.ts';
import { javasOn, keptFolder } from '../../engine/database/kept-folder.ts';

describe('the managed local Neo4j', { timeout: 120_000 }, () => {
  it('runs as long as it has users, behind a password that only its owner can read', async () => {
    const folder = await keptFolder();
    const steps: string[] = [];
    expect(await databaseStatus({ folder })).toBeUndefined();

    const first = await findDatabase({ folder }, (step) => steps.push(step));
    expect(first.origin).toBe('local');
    expect(steps).toEqual([expect.stringMatching(/^Starting Neo4j 5\.26/)]);
    const mode = (name: string) => statSync(join(folder, 'neo4j', name)).mode & 0o777;
    expect(mode('password')).toBe(0o600);

    const wrong = { ...first.address, password: 'guessed wrong' };
    const driver = openDriver(wrong);
    const refusal = verifyDatabase(driver, wrong).finally(() => driver.close());
    await expect(refusal).rejects.toMatchObject({ reason: 'wrong-credentials' });
    await expect(refusal).rejects.toThrow('check NEO4J_USERNAME and NEO4J_PASSWORD');
    await expect(refusal).rejects.not.toThrow('guessed wrong');

    const second = await findDatabase({ folder }, (step) => steps.push(step));
    expect(second.address).toEqual(first.address);
    expect(steps).toHaveLength(2);
    const [pid] = javasOn(folder);
    expect(await databaseStatus({ folder })).toMatchObject({ pid, keptBy: 'server', uri: first.address.uri });

    await Promise.all([first.close(), first.close()]);
    expect(javasOn(folder)).toEqual([pid]);
    await second.close();
    expect(javasOn(folder)).toEqual([]);
    expect(await databaseStatus({ folder })).toBeUndefined();
    expect(readFileSync(join(folder, 'neo4j', 'origin'), 'utf8')).toBe('local\n');
  });

  it('leaves alone what an address names', async () => {
    const neo4j = { uri: 'bolt://elsewhere:7687', username: 'neo4j', password: 'secret' };
    const settings = { folder: await keptFolder(), neo4j };
    const found = await findDatabase(settings);
    expect(found).toMatchObject({ origin: 'address', address: neo4j });
    await found.close();
    await expect(startDatabase(settings)).rejects.toMatchObject({ reason: 'not-managed' });
    await expect(stopDatabase(settings)).rejects.toThrow("not Silkgraph's to start or stop");
  });
});
