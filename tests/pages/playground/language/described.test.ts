import { buildClientSchema, introspectionFromSchema, isEnumType, isInputObjectType, isObjectType } from 'graphql';
import { afterAll, describe, expect, it } from 'vitest';
import { tell } from '../../../../src/pages/drawing/say.ts';
import { messages } from '../../../../src/pages/playground/language/chinese.ts';
import { describedBy } from '../../../../src/pages/playground/language/described.ts';
import { schema, shown } from '../cooperation.ts';

tell(messages);
// Files of one worker share the texts of the page.
afterAll(() => tell({}));
const settings = shown.settingsIn('zh-Hans');
const described = buildClientSchema(describedBy(settings, introspectionFromSchema(schema)));

const fieldOf = (type: string, field: string) => {
  const found = described.getType(type);
  if (!isObjectType(found) && !isInputObjectType(found)) throw new Error(`${type} has no fields.`);
  return found.getFields()[field]?.description ?? '';
};

describe('the documentation in another language', () => {
  it('says what kinds, relations, properties and values are called, before what is said of them in English', () => {
    expect(described.getType('Lab')?.description).toMatch(/^联合实验室：.+\n\n\w/s);
    expect(fieldOf('Lab', 'partnerCountries')).toMatch(/^合作国家\n\n/);
    expect(fieldOf('Country', 'labs')).toMatch(/^联合实验室\n\n/);
    expect(fieldOf('Lab', 'yearRecognised')).toMatch(/^认定年份：获认定的年份。.*\n\n\w/);
    expect(fieldOf('LabFilter', 'designation')).toMatch(/^认定类别/);
    expect(fieldOf('Query', 'labs')).toMatch(/^联合实验室列表\n\n/);
    const values = described.getType('CountryRegion') ?? described.getType('Region');
    expect(isEnumType(values) && values.getValue('AFRICA')?.description).toMatch(/^非洲/);
  });

  it('changes nothing else', () => {
    expect(Object.keys(described.getTypeMap()).sort()).toEqual(Object.keys(schema.getTypeMap()).sort());
    expect(described.getType('String')?.description).toBe(schema.getType('String')?.description);
  });
});
