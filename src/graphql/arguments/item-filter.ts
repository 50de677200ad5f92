import { filteredItems, itemsOf } from '../../engine/indexes/items.ts';
import { foldedForm } from '../../engine/indexes/searched.ts';
import type { Filter } from '../../engine/reads/filter.ts';
import { plainIdentifier } from '../../ontology/identifiers.ts';
import type { Identification, Property } from '../../ontology/vocabulary.ts';
import { badUserInput } from '../errors.ts';

type Operands = Readonly<Record<string, unknown>>;

/** A filter by an area, as passed by GraphQL. */
export interface GeoAreaInput {
  readonly box?: Readonly<Record<'south' | 'west' | 'north' | 'east', number>> | null;
  readonly circle?: (Readonly<Record<'latitude' | 'longitude', number>> & { readonly kilometres: number }) | null;
}

/** That some item of a list fits a filter of its fields. */
export function itemFilter(name: string, property: Property, fit: Filter): Filter {
  const lists = filteredItems(property).flatMap(([field, { type }]) => {
    const list = itemsOf(name, field);
    return type === 'text'
      ? [
          [field, list],
          [foldedForm(field), foldedForm(list.slice(1))],
        ]
      : [[field, list]];
  });
  return { items: Object.fromEntries(lists), fit };
}

/** Operands that are compared with the value of an identifier, in the form in which it is recorded. */
export function plainOperands(identification: Identification, scheme: unknown, operand: unknown): Operands {
  const { eq, in: several } = (scheme ?? {}) as Operands;
  const only = typeof eq === 'string' ? eq : Array.isArray(several) && several.length === 1 ? several[0] : undefined;
  if (typeof only !== 'string') return operand as Operands;
  const plain = (value: unknown) => (typeof value === 'string' ? plainIdentifier(identification, only, value) : value);
  return Object.fromEntries(
    Object.entries(operand as Operands).map(([operator, value]) => [
      operator,
      ['eq', 'ne'].includes(operator)
        ? plain(value)
        : operator === 'in' && Array.isArray(value)
          ? value.map(plain)
          : value,
    ]),
  );
}

/** The circumference of the Earth, halved: no two places are further apart. */
const FURTHEST = 20_040;

/**
 * That a place lies in an area.
 * @throws GraphQLError BAD_USER_INPUT on degrees and distances that are not of this planet, and on a box that is upside down
 */
export function areaFilter({ box, circle }: GeoAreaInput): Filter {
  if (circle) {
    const { latitude, longitude, kilometres } = circle;
    checkDegrees('latitude', latitude, 90);
    checkDegrees('longitude', longitude, 180);
    if (!(kilometres > 0 && kilometres <= FURTHEST)) {
      throw badUserInput(`\`kilometres\` must be more than 0 and at most ${FURTHEST}; got ${kilometres}.`);
    }
    return { around: { latitude, longitude }, metres: kilometres * 1_000 };
  }
  if (!box) throw badUserInput('`within` is null. Pass a `box` or a `circle`.');
  const { south, west, north, east } = box;
  for (const [name, value] of Object.entries({ south, north })) checkDegrees(name, value, 90);
  for (const [name, value] of Object.entries({ west, east })) checkDegrees(name, value, 180);
  if (south > north) throw badUserInput(`\`south\` (${south}) is north of \`north\` (${north}). Exchange them.`);
  const atLeast = (property: string, value: number): Filter => ({ property, is: '>=', value });
  const atMost = (property: string, value: number): Filter => ({ property, is: '<=', value });
  // A box whose west is east of its east crosses the 180th meridian.
  const across = [atLeast('longitude', west), atMost('longitude', east)];
  return {
    all: [atLeast('latitude', south), atMost('latitude', north), west > east ? { any: across } : { all: across }],
  };
}

function checkDegrees(name: string, value: number, most: number): void {
  if (Math.abs(value) <= most) return;
  throw badUserInput(`\`${name}\` must be from -${most} to ${most} degrees (WGS 84); got ${value}.`);
}
