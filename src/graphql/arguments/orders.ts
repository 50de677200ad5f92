import type { Kind } from '../../ontology/vocabulary.ts';
import { type Builder, lazyType, lazyTypeFor, type SchemaBase } from '../builder.ts';
import { SortDirection } from '../enumerations.ts';
import { relationsTo } from '../names.ts';
import { filterRef } from './filters.ts';
import { isSortable, type OrderInput, orderableProperties } from './order-input.ts';

type Target = Kind | 'Entity';

const inputRef = (builder: Builder, name: string) => builder.inputRef<OrderInput>(name);
type InputRef = ReturnType<typeof inputRef>;
type FieldBuilder = Parameters<Parameters<InputRef['implement']>[0]['fields']>[0];

/** The input type of one key of an order of entities of a kind, or of any. */
export const orderRef = lazyTypeFor(({ builder }, target: Target) => inputRef(builder, `${target}Order`));

const countOrderRef = lazyTypeFor(({ builder }, target: Target) => inputRef(builder, `${target}CountOrder`));

const propertyKeys = (base: SchemaBase, t: FieldBuilder, target: Target) =>
  Object.fromEntries(
    [...orderableProperties(base.ontology, target).keys()].map((name) => [
      name,
      t.field({ type: SortDirection(base) }),
    ]),
  );

/** One for all relations; `null` if none can be sorted by. */
const edgeOrderRef = lazyType((base): InputRef | null => {
  const { relationTypes, edgePropertiesOf } = base.ontology;
  const keys = new Set(
    relationTypes.flatMap((type) =>
      Object.entries(edgePropertiesOf(type)).flatMap(([name, property]) => (isSortable(property) ? [name] : [])),
    ),
  );
  if (keys.size === 0) return null;
  const ref = inputRef(base.builder, 'EdgeOrder');
  ref.implement({
    isOneOf: true,
    description:
      'A property of the relation whose field takes the order; entities without it come last. Properties that the relation lacks are refused.',
    fields: (t) => Object.fromEntries([...keys].map((name) => [name, t.field({ type: SortDirection(base) })])),
  });
  return ref;
});

/** Whether a list that a relation leads to can be sorted by the relation. */
const isSortedByEdge = ({ ontology }: SchemaBase, target: Target): boolean =>
  relationsTo(ontology, target).some(
    ({ toOne, properties }) => !toOne && Object.values(properties).some((property) => isSortable(property)),
  );

function addOrdersOf(base: SchemaBase, target: Target): void {
  const { ontology } = base;
  countOrderRef(base, target).implement({
    description: 'Sorts by the number of related entities.',
    fields: (t) => ({
      count: t.field({ type: SortDirection(base), required: true, description: 'Sort direction.' }),
      filter: t.field({ type: filterRef(base, target), description: 'Counts only related entities that match.' }),
    }),
  });
  const edgeOrder = isSortedByEdge(base, target) ? edgeOrderRef(base) : null;
  orderRef(base, target).implement({
    isOneOf: true,
    description:
      'A sort key: a property, the number of those that a relation to many leads to, or a property of the one that a relation to one leads to. Entities without the value come last.',
    fields: (t) => ({
      ...propertyKeys(base, t, target),
      ...Object.fromEntries(
        [...ontology.relationFieldsOf(target).values()].map((field) => [
          field.name,
          t.field({ type: field.toOne ? orderRef(base, field.target) : countOrderRef(base, field.target) }),
        ]),
      ),
      ...(edgeOrder && {
        edge: t.field({ type: edgeOrder, description: 'By a property of the relation whose field takes the order.' }),
      }),
    }),
  });
}

/** Adds the sort keys of all lists. */
export const addOrders = lazyType((base) => {
  const { ontology } = base;
  const targets: readonly Target[] = ['Entity', ...ontology.kindNames];
  for (const target of targets) addOrdersOf(base, target);
});
