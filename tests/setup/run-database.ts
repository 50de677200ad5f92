import { inject } from 'vitest';
import type { Address } from '../../src/engine/database/address.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the databases of the run are asked for. */
    databases: string;
  }
}

/**
 * The address of a database that lives as long as the run, started on first use: `shared`, which holds the seeds, or an
 * empty one of any other name.
 */
export async function runDatabase(name: string): Promise<Address> {
  const response = await fetch(`${inject('databases')}/${name}`);
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as Address;
}
