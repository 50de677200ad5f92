import type { RecordShape } from 'neo4j-driver';

/** Reads rows from the database that is examined. */
export type Run = <Columns extends RecordShape>(text: string) => Promise<readonly Columns[]>;
