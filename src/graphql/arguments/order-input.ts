import { createHash } from 'node:crypto';
import type { KeySource, OrderKey } from '../../engine/reads/plan.ts';
import { memoize } from '../../ontology/memoize.ts';
import type { Ontology, RelationField } from '../../ontology/ontology.ts';
import { isListed, type Kind, type Property, type ScalarType } from '../../ontology/vocabulary.ts';
import { badUserInput } from '../errors.ts';
import { limits } from '../limits.ts';
import { edgePropertyOf } from './edge-conditions.ts';
import { type FilterInput, parseFilter } from './filter-input.ts';

export type Direction = 'ASC' | 'DESC';

/** One key: exactly one name, with a direction, or with what to count or which property of a related entity. */
export type OrderInput = Readonly<Record<string, unknown>>;

/** @throws GraphQLError BAD_USER_INPUT on more sort keys than a list takes */
export function checkNumberOfKeys(orderBy: readonly unknown[]): void {
  if (orderBy.length <= limits.orderKeys) return;
  throw badUserInput(`\`orderBy\` takes at most ${limits.orderKeys} keys; got ${orderBy.length}.`);
}

export const duplicateKey = () => badUserInput('`orderBy` contains a duplicate key. List each key once.');

interface CountInput {
  readonly count: Direction;
  readonly filter?: FilterInput | null;
}

const scalarTypes: Readonly<Record<ScalarType, OrderKey['type']>> = {
  text: 'string',
  date: 'string',
  url: 'string',
  enumeration: 'string',
  int: 'number',
  float: 'number',
  boolean: 'boolean',
};

type Orderable = Pick<OrderKey, 'type' | 'nullable'> & { readonly property: string };

const slug: Orderable = { property: 'id', type: 'string', nullable: false };

const orderableOf = ({ propertiesOf }: Ontology, target: Kind | 'Entity'): ReadonlyMap<string, Orderable> =>
  new Map([
    ['slug', slug],
    ...Object.entries(propertiesOf(target)).flatMap(([name, { type, list, required }]) => {
      const property = { type };
      return list || isListed(property)
        ? []
        : [[name, { property: name, type: scalarTypes[type as ScalarType], nullable: !required }] as const];
    }),
  ]);

const orderable = memoize(
  (ontology: Ontology) =>
    new Map(['Entity', ...ontology.kindNames].map((target) => [target, orderableOf(ontology, target)])),
);

/** The properties that a list of a kind, or of entities of any kind, can be ordered by, under their names in GraphQL. */
export const orderableProperties = (ontology: Ontology, target: Kind | 'Entity'): ReadonlyMap<string, Orderable> =>
  orderable(ontology).get(target) ?? new Map();

const propertyKey = (ontology: Ontology, target: Kind | 'Entity', name: string): Orderable => {
  const key = orderableProperties(ontology, target).get(name);
  if (!key) throw badUserInput(`\`orderBy\` has no key \`${name}\`.`);
  return key;
};

const onlyEntry = (input: OrderInput): readonly [string, unknown] => Object.entries(input)[0] ?? ['', null];

function relatedKey(ontology: Ontology, relation: RelationField, operand: unknown): OrderKey {
  if (relation.toOne) {
    const [name, direction] = onlyEntry(operand as OrderInput);
    if (!orderableProperties(ontology, relation.target).has(name)) {
      throw badUserInput(
        `\`orderBy\` takes a property of the one in \`${relation.name}\`, and \`${name}\` is none. Use one of its properties.`,
      );
    }
    const { property, type } = propertyKey(ontology, relation.target, name);
    const by: KeySource = { of: relation, property };
    // The relation may be absent, and with it the property.
    return { by, type, nullable: true, descending: direction === 'DESC' };
  }
  const { count, filter } = operand as CountInput;
  const by: KeySource = {
    count: { relation, filter: parseFilter(ontology, relation, filter) },
  };
  return { by, type: 'number', nullable: false, descending: count === 'DESC' };
}

/** A property of the relation that leads to the entities. */
function edgeKey(ontology: Ontology, via: RelationField | undefined, operand: unknown): OrderKey {
  const [name, direction] = onlyEntry(operand as OrderInput);
  if (!via) {
    throw badUserInput('`orderBy` has a key of `edge`, but no relation leads to these entities. Remove the key.');
  }
  const property = edgePropertyOf(ontology, via.relation, name);
  if (!isSortable(property)) {
    throw badUserInput(`\`${name}\` of ${via.relation} is a list, and lists have no order. Use another key.`);
  }
  return {
    by: { ofEdge: name },
    type: scalarTypes[property.type as ScalarType],
    nullable: true,
    descending: direction === 'DESC',
  };
}

const byName: readonly OrderInput[] = [{ name: 'ASC' }];

const givenOrDefault = (orderBy: readonly OrderInput[] | null | undefined) => (orderBy?.length ? orderBy : byName);

/** Whether relations can be sorted by a property. */
export const isSortable = ({ type, list }: Property): boolean => !list && !isListed({ type });

/**
 * The sort keys, ending with the slug so that the order is total; by name if none is given.
 *
 * @param via the relation that leads to the entities, if any
 * @throws GraphQLError BAD_USER_INPUT on a key that is named twice or too many keys
 */
export function parseOrder(
  ontology: Ontology,
  target: Kind | 'Entity',
  orderBy: readonly OrderInput[] | null | undefined,
  via?: RelationField,
): readonly OrderKey[] {
  const given = givenOrDefault(orderBy);
  checkNumberOfKeys(given);
  const names = given.map((input) => onlyEntry(input)[0]);
  if (names.some((name, index) => names.indexOf(name) !== index && orderableProperties(ontology, target).has(name))) {
    throw duplicateKey();
  }
  const keys = given.map((input): OrderKey => {
    const [name, operand] = onlyEntry(input);
    if (name === 'edge') return edgeKey(ontology, via, operand);
    const relation = ontology.relationFieldsOf(target).get(name);
    if (relation) return relatedKey(ontology, relation, operand);
    const { property, type, nullable } = propertyKey(ontology, target, name);
    return { by: { property }, type, nullable, descending: operand === 'DESC' };
  });
  const end = names.indexOf('slug');
  const last: OrderKey = { by: { property: slug.property }, type: slug.type, nullable: false, descending: false };
  return end === -1 ? [...keys, last] : keys.slice(0, end + 1);
}

/** Signature in the cursors of a list, so that other lists and sort orders reject them. */
export const signatureOf = (list: string, orderBy: readonly OrderInput[] | null | undefined): string =>
  createHash('sha256')
    .update(JSON.stringify([list, givenOrDefault(orderBy)]))
    .digest('base64url')
    .slice(0, 8);
