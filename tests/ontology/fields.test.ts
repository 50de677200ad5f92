import { describe, expect, it } from 'vitest';
import { kindNames } from '../../src/cooperation/kinds.ts';
import { cooperation } from '../../src/cooperation/ontology.ts';
import { relations, relationTypes } from '../../src/cooperation/relations.ts';

const { kindsAt, propertiesOf, relationFieldsOf } = cooperation;

describe('the fields of a kind', () => {
  it.each(kindNames)('have names of their own on %s', (kind) => {
    const names = [...Object.keys(propertiesOf(kind)), ...relationFieldsOf(kind).keys(), 'id', 'slug'];
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it.each(relationTypes)('read %s from both ends', (type) => {
    const { forward, backward } = relations[type];
    for (const kind of kindsAt(type, 'from')) expect(relationFieldsOf(kind).get(forward)?.relation).toBe(type);
    for (const kind of kindsAt(type, 'to')) expect(relationFieldsOf(kind).get(backward)?.relation).toBe(type);
  });

  it('read a symmetric relation both ways through one field', () => {
    expect(relationFieldsOf('Program').get('relatedTo')?.reading).toBe('BOTH');
  });
});
