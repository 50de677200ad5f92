import { expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { createTools } from '../../../src/doors/mcp/tools/index.ts';
import { constantCase } from '../../../src/ontology/letter-case.ts';
import { bookshop } from '../../setup/bookshop.ts';

it('tells agents of another graph nothing of the kinds and relations of this one', () => {
  const { kindNames, kind, relationTypes, relation } = cooperation;
  const fields = relationTypes.flatMap((type) => [relation(type).forward, relation(type).backward]);
  const kinds = kindNames.filter((name) => name !== 'Source').map(kind);
  const names = [...fields, ...fields.map(constantCase), ...kinds.flatMap(({ plural, many }) => [plural, many])];
  // Any graph has sources and groups.
  const others = names.filter((name) => !['sources', 'groups'].includes(name));
  const told = JSON.stringify(createTools(bookshop.ontology));
  expect(others.filter((name) => new RegExp(`\\b${name}\\b`).test(told))).toEqual([]);
});
