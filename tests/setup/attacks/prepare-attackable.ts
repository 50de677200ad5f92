import { cooperation } from '../../../src/cooperation/ontology.ts';
import { createKey } from '../../../src/engine/access/api-key-store.ts';
import type { Address } from '../../../src/engine/database/address.ts';
import { openDriver } from '../../../src/engine/database/open-driver.ts';
import { createGraph } from '../../../src/engine/graph/graph.ts';
import { type AttackedServer, startAttackedServer } from './attacked-server.ts';
import { longRecord } from './long-record.ts';
import { normalRecord, prepareRecords } from './normal-load.ts';

/** A database with the seeds, and servers on it that may be brought down one after the other. */
export interface Attackable {
  /** The key of an editor. */
  readonly key: string;
  start(): Promise<AttackedServer>;
}

async function makeKey(address: Address): Promise<string> {
  const driver = openDriver(address);
  try {
    const { key } = await createKey(createGraph(driver, cooperation, address), {
      role: 'editor',
      name: 'normal caller',
    });
    return key.text;
  } finally {
    await driver.close();
  }
}

/** Prepares an empty database, by a first server, for attacks. */
export async function prepareAttackable(address: Address, program: readonly string[]): Promise<Attackable> {
  const start = () => startAttackedServer(address, program);
  const first = await start();
  try {
    const key = await makeKey(address);
    await prepareRecords({ origin: first.origin, key }, [longRecord, normalRecord]);
    return { key, start };
  } finally {
    await first.close();
  }
}
