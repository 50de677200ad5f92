import { describe, expectTypeOf, it } from 'vitest';
import type { EntityRecord } from '../../src/ontology/records.ts';

describe('the type of a record', () => {
  it('has what the ontology says of a laboratory', () => {
    type Lab = EntityRecord<'Lab'>;
    expectTypeOf<Lab['id']>().toEqualTypeOf<string>();
    expectTypeOf<Lab['name']>().toEqualTypeOf<string>();
    expectTypeOf<Lab['inScope']>().toEqualTypeOf<boolean>();
    expectTypeOf<Lab['status']>().toEqualTypeOf<'PLANNED' | 'AGREED' | 'APPROVED' | 'ESTABLISHED'>();
    expectTypeOf<Lab['yearRecognised']>().toEqualTypeOf<number | undefined>();
    expectTypeOf<Lab['cities']>().toEqualTypeOf<readonly string[] | undefined>();
  });
});
