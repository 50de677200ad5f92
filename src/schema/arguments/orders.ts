import { relationFieldsOf } from '../../ontology/fields.ts';
import { type Kind, kindNames } from '../../ontology/kinds.ts';
import { builder } from '../builder.ts';
import { SortDirection } from '../enumerations.ts';
import { nameOfMany, nounOf } from '../names.ts';
import { filterRef } from './filters.ts';
import { type OrderInput, orderableProperties } from './order-input.ts';

type Target = Kind | 'Entity';

const inputRef = (name: string) => builder.inputRef<OrderInput>(name);
type InputRef = ReturnType<typeof inputRef>;
type FieldBuilder = Parameters<Parameters<InputRef['implement']>[0]['fields']>[0];

const targets: readonly Target[] = ['Entity', ...kindNames];
const refsOf = (suffix: string) => new Map(targets.map((target) => [target, inputRef(`${target}${suffix}`)]));

const orders = refsOf('Order');
const propertyOrders = refsOf('PropertyOrder');
const countOrders = refsOf('CountOrder');

const refIn = (refs: ReadonlyMap<Target, InputRef>, target: Target) => {
  const ref = refs.get(target);
  if (!ref) throw new Error(`No order of ${target}.`);
  return ref;
};

/** The input type of one key of an order of entities of a kind, or of any. */
export const orderRef = (target: Target): InputRef => refIn(orders, target);

const propertyKeys = (t: FieldBuilder, target: Target) =>
  Object.fromEntries(
    [...orderableProperties(target)].map(([name, { nullable }]) => [
      name,
      t.field({
        type: SortDirection,
        description: `By \`${name}\`${nullable ? '; entities without it come last' : ''}.`,
      }),
    ]),
  );

const ledToByToOne = new Set(
  targets
    .flatMap((target) => [...relationFieldsOf(target).values()].filter(({ toOne }) => toOne))
    .map((field) => field.target),
);
for (const target of ledToByToOne) {
  refIn(propertyOrders, target).implement({
    isOneOf: true,
    description: `A property of the related ${nounOf(target)} to sort by.`,
    fields: (t) => propertyKeys(t, target),
  });
}

for (const target of targets) {
  refIn(countOrders, target).implement({
    description: `Sorts by the number of related ${nameOfMany(target)}.`,
    fields: (t) => ({
      count: t.field({ type: SortDirection, required: true, description: 'Sort direction.' }),
      filter: t.field({ type: filterRef(target), description: 'Counts only related entities that match.' }),
    }),
  });
  orderRef(target).implement({
    isOneOf: true,
    description: `A sort key for ${nameOfMany(target)}.`,
    fields: (t) => ({
      ...propertyKeys(t, target),
      ...Object.fromEntries(
        [...relationFieldsOf(target).values()].map((field) => [
          field.name,
          t.field({
            type: refIn(field.toOne ? propertyOrders : countOrders, field.target),
            description: field.toOne
              ? `By a property of \`${field.name}\`; entities without one come last.`
              : `By the number of \`${field.name}\`.`,
          }),
        ]),
      ),
    }),
  });
}
