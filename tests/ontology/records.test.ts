import { describe, expectTypeOf, it } from 'vitest';
import type { cooperation } from '../../src/cooperation/ontology.ts';
import type { ValueOf } from '../../src/ontology/records.ts';

type Definition = (typeof cooperation)['definition'];
type LabProperties = Definition['kinds']['Lab']['properties'];
type LabValue<Name extends keyof LabProperties> = ValueOf<Definition, LabProperties[Name]>;

describe('the type of a value', () => {
  it('is what the ontology says of a property', () => {
    expectTypeOf<ValueOf<Definition, Definition['sharedProperties']['name']>>().toEqualTypeOf<string>();
    expectTypeOf<LabValue<'inScope'>>().toEqualTypeOf<boolean>();
    expectTypeOf<LabValue<'status'>>().toEqualTypeOf<'PLANNED' | 'AGREED' | 'APPROVED' | 'ESTABLISHED'>();
    expectTypeOf<LabValue<'yearRecognised'>>().toEqualTypeOf<number>();
    expectTypeOf<LabValue<'cities'>>().toEqualTypeOf<readonly string[]>();
  });
});
