import { faultOfIdentifier, keyOfIdentifier, LONGEST_IDENTIFIER } from '../../../ontology/identifiers.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { Property } from '../../../ontology/vocabulary.ts';
import type { RecordFields } from '../record-fields.ts';
import type { FieldFault } from './field-fault.ts';
import { quoted } from './quoted.ts';

/** Errors in items whose fields each have a valid form: wrong check digits, places that are not on Earth. */
export function checkItemValues(
  ontology: Ontology,
  field: string,
  { type }: Property,
  items: readonly RecordFields[],
): FieldFault[] {
  if (type === 'identifiers') return checkIdentifiers(ontology, field, items);
  return type === 'locations' ? items.flatMap((item, index) => checkCoordinates(`${field}[${index}]`, item)) : [];
}

function checkIdentifiers({ identification }: Ontology, field: string, items: readonly RecordFields[]): FieldFault[] {
  if (!identification) return [];
  const seen = new Set<string>();
  return items.flatMap((item, index): FieldFault[] => {
    const [scheme, value] = [String(item.scheme), String(item.value)];
    const place = `${field}[${index}].value`;
    if (value.length > LONGEST_IDENTIFIER) {
      return [{ field: place, expected: `at most ${LONGEST_IDENTIFIER} characters`, found: `${value.length}` }];
    }
    const expected = faultOfIdentifier(identification, scheme, value);
    if (expected !== undefined) return [{ field: place, expected, found: quoted(value) }];
    const key = keyOfIdentifier(scheme, value);
    if (seen.has(key)) return [{ field: place, expected: 'each identifier once', found: `${scheme} ${value} again` }];
    seen.add(key);
    return [];
  });
}

const ranges = { latitude: 90, longitude: 180 } as const;

const checkCoordinates = (place: string, item: RecordFields): FieldFault[] =>
  Object.entries(ranges).flatMap(([name, most]) =>
    Math.abs(Number(item[name])) <= most
      ? []
      : [
          {
            field: `${place}.${name}`,
            expected: `degrees from -${most} to ${most} (WGS 84)`,
            found: quoted(item[name]),
          },
        ],
  );
