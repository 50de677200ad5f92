import { describe, expect, it } from 'vitest';
import { kindNames, kinds } from '../../../src/cooperation/kinds.ts';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { indexStatements } from '../../../src/engine/indexes/indexes.ts';
import { explain } from '../../setup/explain.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const { propertiesOf } = cooperation;

const server = silkgraph();

describe('indexes', () => {
  it('have names of their own, of at most 63 characters', () => {
    const names = indexStatements(cooperation).map(
      (text) => /^CREATE (?:TEXT |FULLTEXT )?INDEX (\S+) IF NOT EXISTS/.exec(text)?.[1] ?? '',
    );
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => name === '' || name.length > 63)).toEqual([]);
  });

  const pages = kindNames.flatMap((kind) => {
    const selective = Object.entries(propertiesOf(kind)).filter(
      ([, { indexed, list, type }]) => indexed && !list && type !== 'boolean',
    );
    return ['slug', ...selective.map(([name]) => name)].flatMap((key) => [
      { kind, key, direction: 'ASC' },
      { kind, key, direction: 'DESC' },
    ]);
  });

  it.each(pages)('start the page of $kind ordered by $key $direction', async ({ kind, key, direction }) => {
    const { plural } = kinds[kind];
    const question = `query ($after: String) { page: ${plural}(first: 2, after: $after, orderBy: [{ ${key}: ${direction} }]) { nodes { slug } pageInfo { endCursor hasPreviousPage } } }`;
    const { page } = await server.data(question, {});
    for (const after of [null, page.pageInfo.endCursor]) {
      await server.data(question, { after });
      const [statement] = server.ran;
      const operators = statement ? await explain(server.driver, statement) : [];
      expect(operators).not.toContain('NodeByLabelScan');
      expect(operators.some((operator) => operator.startsWith('NodeIndex'))).toBe(true);
      // It stops when the page is full: two ranges put together would both be read to their ends.
      expect(operators).not.toContain('Union');
    }
  });
});
