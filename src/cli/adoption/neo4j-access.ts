import neo4j, { type Driver } from 'neo4j-driver';
import type { Address } from '../../engine/database/address.ts';
import type { Parameters } from '../../engine/graph/graph.ts';
import type { Row, Statement } from '../../engine/graph/statement.ts';

/** Reads a database of which no ontology is known yet, and never writes to it. */
export interface Access {
  read<Given extends object, Columns extends Row>(
    statement: Statement<Given, Columns>,
    parameters: NoInfer<Given>,
  ): Promise<readonly Columns[]>;
  /** The rows of a statement one by one, however many there are, in bounded memory. */
  stream<Given extends object, Columns extends Row>(
    statement: Statement<Given, Columns>,
    parameters: NoInfer<Given>,
  ): AsyncGenerator<Columns>;
}

/** Number of rows that are fetched at once. */
const FETCHED = 1_000;

export function accessTo(driver: Driver, { database }: Pick<Address, 'database'>): Access {
  async function* stream<Given extends object, Columns extends Row>(
    { text }: Statement<Given, Columns>,
    parameters: Given,
  ): AsyncGenerator<Columns> {
    const session = driver.session({
      ...(database === undefined ? {} : { database }),
      defaultAccessMode: neo4j.session.READ,
      fetchSize: FETCHED,
    });
    try {
      for await (const record of session.run(text, parameters as Parameters)) {
        const row: Row = record.keys.map((_, index) => record.get(index));
        // The statement says which types its rows have.
        yield row as Columns;
      }
    } finally {
      await session.close();
    }
  }

  return {
    stream,
    async read(statement, parameters) {
      const rows = [];
      for await (const row of stream(statement, parameters)) rows.push(row);
      return rows;
    },
  };
}

/** Whether a label or property is one that Silkgraph adds. */
export const isOwnName = (name: string): boolean => name.startsWith('_');
