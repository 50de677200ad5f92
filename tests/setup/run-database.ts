import { inject } from 'vitest';
import type { Address } from '../../src/database/address.ts';
import type { ProjectName } from './projects.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the databases of the run are asked for. */
    databases: string;
    project: ProjectName;
  }
}

/**
 * The address of a database that lives as long as the run, started on first use: `shared`, which holds the seeds, or an
 * empty one of any other name.
 */
export async function runDatabase(name: string): Promise<Address> {
  if (inject('project') === 'unit') throw new Error('A unit test has no database.');
  const response = await fetch(`${inject('databases')}/${name}`);
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as Address;
}
