import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import {
  buildSchema,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  Kind,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { propertiesOf } from '../../../src/ontology/fields.ts';
import { kindNames } from '../../../src/ontology/kinds.ts';

const folder = new URL('../../../src/web/queries/', import.meta.url);
const schema = buildSchema(readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.graphql'));
const textOf = (file: string) => readFileSync(new URL(file, folder), 'utf8');
const isFragment = (file: string) => /^fragment /m.test(textOf(file));
const fragments = files.filter(isFragment).map(textOf).join('\n');
const rules = specifiedRules.filter(({ name }) => name !== 'NoUnusedFragmentsRule');

describe('the questions of the explorer', () => {
  it.each(files.filter((file) => !isFragment(file)))('%s fits the schema', (file) => {
    expect(validate(schema, parse(`${textOf(file)}\n${fragments}`), rules)).toEqual([]);
  });

  it.each(files)('%s says what it asks', (file) => {
    expect(textOf(file)).toMatch(/^# \w.*[.?]\n/);
  });

  it('ask for every property of every kind, so that details are whole', () => {
    const [definition] = parse(textOf('properties.graphql')).definitions as FragmentDefinitionNode[];
    const selections = definition?.selectionSet.selections ?? [];
    const names = (of: typeof selections) =>
      of.flatMap((selection) => (selection.kind === Kind.FIELD ? [selection.name.value] : []));
    const shared = [...names(selections), 'name', 'nameZh'];
    for (const kind of kindNames) {
      const own = selections.flatMap((selection) =>
        selection.kind === Kind.INLINE_FRAGMENT && selection.typeCondition?.name.value === kind
          ? names(selection.selectionSet.selections)
          : [],
      );
      expect([...shared, ...own].sort(), kind).toEqual(Object.keys(propertiesOf(kind)).sort());
    }
  });

  it('put a kind before the names that kinds give different types', () => {
    const [definition] = parse(textOf('properties.graphql')).definitions as FragmentDefinitionNode[];
    for (const selection of definition?.selectionSet.selections ?? []) {
      if (selection.kind !== Kind.INLINE_FRAGMENT) continue;
      for (const field of selection.selectionSet.selections) {
        if (field.kind !== Kind.FIELD || field.alias === undefined) continue;
        expect(field.alias.value).toBe(`${selection.typeCondition?.name.value}_${field.name.value}`);
      }
    }
  });

  it('keep the names of relation fields in questions that are drawn, since these tell the relation', () => {
    for (const file of files.filter((name) => name.startsWith('questions/'))) {
      const text = textOf(file);
      expect(text, basename(file)).toContain('...Card');
      expect(text, basename(file)).not.toMatch(/^\s+\w+: \w+(\(|\s*\{)/m);
    }
    expect((schema.getType('Lab') as GraphQLObjectType).getFields()).toHaveProperty('partnerCountries');
  });
});
