import fc from 'fast-check';
import { cooperation } from '../../src/cooperation/ontology.ts';
import type { Kind, Property } from '../../src/ontology/vocabulary.ts';
import { recordsOf, seeds } from './seeds.ts';

const { edgePropertiesOf, isAcyclic, isKind, propertiesOf, relationFieldsOf } = cooperation;

/** A filter as it is sent. */
type Input = Record<string, unknown>;

/** Values as they occur in the seeds, so that conditions are met now and then. */
const occurring = (kind: Kind, name: string) =>
  fc.constantFrom(
    ...recordsOf(kind)
      .flatMap((record) => record[name] ?? [])
      .slice(0, 200),
  );

const partOf = (value: fc.Arbitrary<unknown>) =>
  fc.tuple(value, fc.nat(20), fc.integer({ min: 1, max: 6 }), fc.boolean()).map(([text, start, length, loud]) => {
    const part = [...String(text)]
      .slice(start % [...String(text)].length)
      .slice(0, length)
      .join('');
    return loud ? part.toUpperCase() : part;
  });

function conditionsOn({ type, list }: Property, value: fc.Arbitrary<unknown>): fc.Arbitrary<Input> {
  const several = fc.array(value, { maxLength: 3 });
  if (list) {
    return fc.oneof(fc.record({ has: value }), fc.record({ hasAny: several }), fc.record({ isEmpty: fc.boolean() }));
  }
  const dates = fc.tuple(value, fc.constantFrom(4, 7, 10)).map(([date, length]) => String(date).slice(0, length));
  const operand = type === 'date' ? dates : value;
  const simple = [fc.record({ eq: operand }), fc.record({ ne: operand })];
  const exists = fc.record({ exists: fc.boolean() });
  if (type === 'boolean') return fc.oneof(...simple, exists);
  const closed = [...simple, exists, fc.record({ in: type === 'date' ? fc.array(dates, { maxLength: 3 }) : several })];
  if (type === 'enumeration' || type === 'url') return fc.oneof(...closed);
  const ordered = ['lt', 'lte', 'gt', 'gte'].map((operator) => fc.record({ [operator]: operand }));
  const range = fc.record({ gte: operand, lt: operand });
  if (type !== 'text') return fc.oneof(...closed, ...ordered, range);
  const texts = ['contains', 'startsWith', 'endsWith'].map((operator) => fc.record({ [operator]: partOf(value) }));
  return fc.oneof(...closed, ...ordered, ...texts);
}

const propertyFilter = (kind: Kind): fc.Arbitrary<Input> => {
  const usable = Object.entries(propertiesOf(kind)).filter(
    ([name, { type }]) => type !== 'milestones' && recordsOf(kind).some((record) => record[name] !== undefined),
  );
  return fc
    .constantFrom(...usable)
    .chain(([name, property]) =>
      conditionsOn(property, occurring(kind, name)).map((conditions) => ({ [name]: conditions })),
    );
};

const edgeFilter = (relation: Parameters<typeof edgePropertiesOf>[0]): fc.Arbitrary<Input> => {
  const values = (name: string) =>
    seeds.relations.filter(({ type }) => type === relation).flatMap(({ properties }) => properties?.[name] ?? []);
  const usable = Object.entries(edgePropertiesOf(relation)).filter(([name]) => values(name).length > 0);
  const ofSources = fc.oneof(
    fc.boolean().map((eq): Input => ({ ownSources: { eq } })),
    fc
      .tuple(fc.constantFrom('some', 'none', 'every'), propertyFilter('Source'))
      .map(([quantifier, filter]): Input => ({ sources: { [quantifier]: filter } })),
    fc.nat(3).map((gte): Input => ({ sources: { count: { gte } } })),
  );
  const ofProperties = usable.map(([name, property]) =>
    conditionsOn(property, fc.constantFrom(...values(name).slice(0, 100))).map(
      (conditions): Input => ({
        [name]: conditions,
      }),
    ),
  );
  const single = fc.oneof(ofSources, ...ofProperties);
  return fc
    .oneof(
      { weight: 4, arbitrary: single },
      { weight: 1, arbitrary: single.map((not): Input => ({ not })) },
      { weight: 1, arbitrary: fc.tuple(single, single).map((or): Input => ({ or })) },
    )
    .map((edge) => ({ edge }));
};

/** One or two entities by their slugs, with another condition now and then. */
const namedFilter = (kind: Kind): fc.Arbitrary<Input> => {
  const slug = fc.constantFrom(...recordsOf(kind).map(({ id }) => id));
  const named = fc.oneof(
    slug.map((eq): Input => ({ slug: { eq } })),
    fc.tuple(slug, slug).map((both): Input => ({ slug: { in: both } })),
  );
  return fc.oneof(
    named,
    fc.tuple(named, propertyFilter(kind)).map(([name, other]): Input => ({ ...other, ...name })),
  );
};

/** Conditions on what a relation without circles reaches in several steps. */
function transitiveFilter(kind: Kind, depth: number): fc.Arbitrary<Input> {
  const usable = [...relationFieldsOf(kind).values()].filter(({ relation }) => isAcyclic(relation));
  return fc.constantFrom(...usable).chain(({ name }) => {
    const far = fc.oneof(fc.constant({}), anyFilter(kind, depth - 1));
    const hops = fc.oneof(
      fc.constant({}),
      fc.nat(2).map((minHops): Input => ({ minHops })),
      fc.tuple(fc.nat(2), fc.nat(2)).map(([minHops, more]): Input => ({ minHops, maxHops: minHops + more })),
    );
    const quantified = fc.oneof(
      fc.record({ some: far }),
      fc.record({ none: far }),
      fc.record({ every: far }),
      fc.tuple(fc.nat(4), far).map(([gte, filter]): Input => ({ count: { gte, filter } })),
    );
    return fc
      .tuple(quantified, hops)
      .map(([quantity, given]): Input => ({ [`${name}Transitive`]: { ...quantity, ...given } }));
  });
}

function relationFilter(kind: Kind, depth: number): fc.Arbitrary<Input> {
  const usable = [...relationFieldsOf(kind).values()].flatMap((field) =>
    isKind(field.target) ? [{ ...field, target: field.target }] : [],
  );
  return fc.constantFrom(...usable).chain((field) => {
    const far = fc.oneof(fc.constant({}), anyFilter(field.target, depth - 1), namedFilter(field.target));
    const edge = fc.oneof(
      { weight: 2, arbitrary: fc.constant({}) },
      { weight: 1, arbitrary: edgeFilter(field.relation) },
    );
    const inner = fc.tuple(far, edge).map(([filter, on]): Input => ({ ...filter, ...on }));
    const count = fc
      .tuple(fc.constantFrom('eq', 'ne', 'lt', 'lte', 'gt', 'gte'), fc.nat(3), fc.option(inner, { nil: undefined }))
      .map(([operator, number, filter]): Input => ({ [operator]: number, ...(filter ? { filter } : {}) }));
    const quantities = [
      fc.record({ some: inner }),
      fc.record({ none: inner }),
      fc.record({ every: inner }),
      fc.record({ count }),
      // Conditions on the one that a relation leads to.
      ...(field.toOne ? [inner.filter((direct) => Object.keys(direct).length > 0)] : []),
    ];
    return fc.oneof(...quantities).map((quantified): Input => ({ [field.name]: quantified }));
  });
}

const hasHierarchy = (kind: Kind) => [...relationFieldsOf(kind).values()].some(({ relation }) => isAcyclic(relation));

/** A filter of entities of a kind, with relations up to a depth, of values that occur in the seeds. */
export function anyFilter(kind: Kind, depth: number): fc.Arbitrary<Input> {
  if (depth <= 0) return propertyFilter(kind);
  const below = anyFilter(kind, depth - 1);
  return fc.oneof(
    { weight: 3, arbitrary: propertyFilter(kind) },
    { weight: 3, arbitrary: relationFilter(kind, depth) },
    ...(hasHierarchy(kind) ? [{ weight: 2, arbitrary: transitiveFilter(kind, depth) }] : []),
    { weight: 1, arbitrary: fc.record({ and: fc.array(below, { maxLength: 2 }) }) },
    { weight: 1, arbitrary: fc.record({ or: fc.array(below, { maxLength: 2 }) }) },
    { weight: 1, arbitrary: fc.record({ not: below }) },
  );
}
