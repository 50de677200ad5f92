import { describe, expect, it } from 'vitest';
import { foldedForm, kindProperty, searched, slugProperty } from '../../../src/graph/search/searched.ts';
import type { NoParameters, Statement } from '../../../src/graph/statement.ts';
import { propertiesOf } from '../../../src/ontology/fields.ts';
import { kindNames } from '../../../src/ontology/kinds.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const index: Statement<NoParameters, readonly [properties: readonly string[], labels: readonly string[]]> = {
  name: 'index',
  text: "SHOW FULLTEXT INDEXES YIELD name, properties, labelsOrTypes WHERE name = 'entity_search' RETURN properties, labelsOrTypes",
};

describe('the index of search', () => {
  const server = silkgraph();

  it('contains the properties that search covers, and no others', async () => {
    const [[properties, labels] = [[], []]] = await server.graph.read(index, {});
    const expected = [kindProperty, slugProperty, ...Object.values(searched).flat().map(foldedForm)];
    expect(properties.toSorted()).toEqual(expected.toSorted());
    expect(labels).toEqual(['Entity']);
  });

  it('is over texts of the ontology', () => {
    for (const name of Object.values(searched).flat()) {
      const types = kindNames.flatMap((kind) => propertiesOf(kind)[name]?.type ?? []);
      expect([...new Set(types)], name).toEqual(['text']);
    }
  });
});
