import { expect, it } from 'vitest';
import { plainMapping } from '../../../../src/doors/data/files/table-mapping.ts';
import { createTableReader } from '../../../../src/doors/data/files/table-records.ts';
import { library } from '../../../graphs/library.ts';

it.each([';', '\t', '|'])(
  'a table whose columns are separated by %j is told to name that in a mapping',
  (separator) => {
    const header = ['id', 'isbn', 'name'].join(separator);
    const { faults } = createTableReader(library, plainMapping(library, 'Book'), [header]);
    expect(faults).toEqual([
      {
        line: 1,
        expected: `a column named after a field of the records (columns separated by ${JSON.stringify(separator)} need a mapping with this \`delimiter\`)`,
        found: JSON.stringify(header),
      },
    ]);
  },
);
