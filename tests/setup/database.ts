import type { Address } from '../../src/engine/database/address.ts';
import { runDatabase } from './run-database.ts';

/** The seeded database, which all test files share, for reading only; it starts when first needed. */
export const testAddress = (): Promise<Address> => runDatabase('shared');
