import { describe, expect, it } from 'vitest';
import { kindNames } from '../../../src/cooperation/kinds.ts';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import type { NoParameters, Statement } from '../../../src/engine/graph/statement.ts';
import { searchIndex } from '../../../src/engine/indexes/search-index.ts';
import { foldedForm, kindProperty, searchedIn, slugProperty } from '../../../src/engine/indexes/searched.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const { propertiesOf } = cooperation;

const index: Statement<NoParameters, readonly [properties: readonly string[], labels: readonly string[]]> = {
  name: 'index',
  text: `SHOW FULLTEXT INDEXES YIELD name, properties, labelsOrTypes WHERE name = '${searchIndex(cooperation).name}' RETURN properties, labelsOrTypes`,
};

describe('the index of search', () => {
  const server = silkgraph();

  it('contains the properties that search covers, and no others', async () => {
    const [[properties, labels] = [[], []]] = await server.graph.read(index, {});
    const expected = [kindProperty, slugProperty, ...Object.values(searchedIn(cooperation)).flat().map(foldedForm)];
    expect(properties.toSorted()).toEqual(expected.toSorted());
    expect(labels).toEqual(['Entity']);
  });

  it('is over texts of the ontology', () => {
    for (const name of Object.values(searchedIn(cooperation)).flat()) {
      const types = kindNames.flatMap((kind) => propertiesOf(kind)[name]?.type ?? []);
      expect([...new Set(types)], name).toEqual(['text']);
    }
  });
});
