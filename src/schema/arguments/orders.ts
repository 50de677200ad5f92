import type { Kind } from '../../ontology/vocabulary.ts';
import { type Builder, part, partFor, type SchemaBase } from '../builder.ts';
import { SortDirection } from '../enumerations.ts';
import { nameOfMany, nounOf, relationsTo } from '../names.ts';
import { filterRef } from './filters.ts';
import { isSortable, type OrderInput, orderableProperties } from './order-input.ts';

type Target = Kind | 'Entity';

const inputRef = (builder: Builder, name: string) => builder.inputRef<OrderInput>(name);
type InputRef = ReturnType<typeof inputRef>;
type FieldBuilder = Parameters<Parameters<InputRef['implement']>[0]['fields']>[0];

/** The input type of one key of an order of entities of a kind, or of any. */
export const orderRef = partFor(({ builder }, target: Target) => inputRef(builder, `${target}Order`));

const propertyOrderRef = partFor(({ builder }, target: Target) => inputRef(builder, `${target}PropertyOrder`));
const countOrderRef = partFor(({ builder }, target: Target) => inputRef(builder, `${target}CountOrder`));

const propertyKeys = (base: SchemaBase, t: FieldBuilder, target: Target) =>
  Object.fromEntries(
    [...orderableProperties(base.ontology, target)].map(([name, { nullable }]) => [
      name,
      t.field({
        type: SortDirection(base),
        description: `By \`${name}\`${nullable ? '; entities without it come last' : ''}.`,
      }),
    ]),
  );

/** Properties of the relations to entities of a kind that they can be sorted by. */
const edgeKeysTo = ({ ontology }: SchemaBase, target: Target): ReadonlySet<string> =>
  new Set(
    relationsTo(ontology, target).flatMap(({ toOne, properties }) =>
      toOne ? [] : Object.entries(properties).flatMap(([name, property]) => (isSortable(property) ? [name] : [])),
    ),
  );

function edgeOrderRef(base: SchemaBase, target: Target): InputRef | null {
  const keys = edgeKeysTo(base, target);
  if (keys.size === 0) return null;
  const ref = inputRef(base.builder, `${target}EdgeOrder`);
  ref.implement({
    isOneOf: true,
    description: 'A property of the relation that leads to the entities; those without it come last.',
    fields: (t) => Object.fromEntries([...keys].map((name) => [name, t.field({ type: SortDirection(base) })])),
  });
  return ref;
}

function addOrdersOf(base: SchemaBase, target: Target): void {
  const { ontology } = base;
  countOrderRef(base, target).implement({
    description: `Sorts by the number of related ${nameOfMany(ontology, target)}.`,
    fields: (t) => ({
      count: t.field({ type: SortDirection(base), required: true, description: 'Sort direction.' }),
      filter: t.field({ type: filterRef(base, target), description: 'Counts only related entities that match.' }),
    }),
  });
  const edgeOrder = edgeOrderRef(base, target);
  orderRef(base, target).implement({
    isOneOf: true,
    description: `A sort key for ${nameOfMany(ontology, target)}.`,
    fields: (t) => ({
      ...propertyKeys(base, t, target),
      ...Object.fromEntries(
        [...ontology.relationFieldsOf(target).values()].map((field) => [
          field.name,
          t.field({
            type: field.toOne ? propertyOrderRef(base, field.target) : countOrderRef(base, field.target),
            description: field.toOne
              ? `By a property of \`${field.name}\`; entities without one come last.`
              : `By the number of \`${field.name}\`.`,
          }),
        ]),
      ),
      ...(edgeOrder && {
        edge: t.field({ type: edgeOrder, description: 'By a property of the relation whose field takes the order.' }),
      }),
    }),
  });
}

/** Adds the sort keys of all lists. */
export const addOrders = part((base) => {
  const { ontology } = base;
  const targets: readonly Target[] = ['Entity', ...ontology.kindNames];
  const ledToByToOne = new Set(
    targets
      .flatMap((target) => [...ontology.relationFieldsOf(target).values()].filter(({ toOne }) => toOne))
      .map((field) => field.target),
  );
  for (const target of ledToByToOne) {
    propertyOrderRef(base, target).implement({
      isOneOf: true,
      description: `A property of the related ${nounOf(ontology, target)} to sort by.`,
      fields: (t) => propertyKeys(base, t, target),
    });
  }
  for (const target of targets) addOrdersOf(base, target);
});
