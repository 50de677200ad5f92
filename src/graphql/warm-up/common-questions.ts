import { genericReading } from '../../engine/graph/plan-scope.ts';
import { isScanCheap, type Statistics } from '../../engine/reads/statistics.ts';
import type { Ontology, RelationField } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { facetOptions } from '../arguments/facet-input.ts';
import { isSortable } from '../arguments/order-input.ts';

/** One of those that are alike in something. */
const oneOfEach = <Item>(items: readonly Item[], key: (item: Item) => string): readonly Item[] => [
  ...new Map(items.map((item) => [key(item), item])).values(),
];

const listsOf = ({ relationFieldsOf }: Ontology, kind: Kind | 'Entity'): readonly RelationField[] =>
  [...relationFieldsOf(kind).values()].filter(({ toOne }) => !toOne);

const ofText = ['contains: "x"', 'eq: "x"', 'gte: "x"'];
const ofRelation = ['some: { slug: { eq: "x" } }', 'some: { name: { eq: "x" } }', 'some: {}', 'none: {}'];

/** A property that a list can be sorted by, and that some entities lack. */
const optionalOf = ({ propertiesOf }: Ontology, kind: Kind | 'Entity') =>
  Object.entries(propertiesOf(kind)).find(([, property]) => isSortable(property) && !property.required)?.[0];

/** Arguments that a list of entities of a kind is often asked with. */
function argumentsOf(ontology: Ontology, kind: Kind, relations: readonly RelationField[]): readonly string[] {
  const optional = optionalOf(ontology, kind);
  const ofFarEnd = ({ target }: RelationField) => {
    const lacking = optionalOf(ontology, target);
    return lacking === undefined ? ofRelation : [...ofRelation, `some: { ${lacking}: { exists: false } }`];
  };
  const conditions = [
    ...ofText.map((condition) => `name: { ${condition} }`),
    ...(optional ? [`${optional}: { exists: false }`] : []),
    ...relations.flatMap((field) => ofFarEnd(field).map((condition) => `${field.name}: { ${condition} }`)),
  ];
  const orders = [
    ...(optional ? [`${optional}: DESC`] : []),
    ...relations.map(({ name }) => `${name}: { count: DESC }`),
  ];
  return [
    ...conditions.map((condition) => `filter: { ${condition} }`),
    ...orders.map((order) => `orderBy: [{ ${order} }]`),
  ];
}

/** A facet by a value, one by a year, and one by what a relation leads to. */
function facetsOf(ontology: Ontology, kind: Kind): readonly string[] {
  const options = [...facetOptions(ontology, kind)];
  const forms = [
    options.find(([, option]) => 'by' in option && option.by === 'value'),
    options.find(([, option]) => 'by' in option && option.by === 'year'),
    options.find(([, option]) => 'relation' in option && genericReading(ontology, option.relation) === 'BOTH'),
  ];
  return forms.flatMap((found) => (found ? [found[0]] : []));
}

/** The fields of a list, one for each of its arguments and each way to count its entities. */
function fieldsOf(ontology: Ontology, field: string, kind: Kind, relations: readonly RelationField[]): string {
  const pages = argumentsOf(ontology, kind, relations).map(
    (given) => `(first: 1, ${given}) { nodes { slug } totalCount }`,
  );
  const counts = facetsOf(ontology, kind).flatMap((name) =>
    ['', 'others without'].map((more) => `(first: 1) { facets(by: [${name}]) { buckets { value count } ${more} } }`),
  );
  return [...pages, ...counts].map((list, index) => `a${index}: ${field}${list}`).join(' ');
}

/**
 * Questions whose parts many others have: every list, and lists by each common form of condition, order and facet. Those
 * of a kind with few entities, and those below entities with few relations, have the same statements as others like them.
 */
export function commonQuestions(statistics: Statistics): readonly string[] {
  const { ontology } = statistics;
  const { kindNames, kind, relationFieldsOf } = ontology;
  const everyList = kindNames.map((name) => {
    const relations = [...relationFieldsOf(name).values()].map(({ name: field, toOne }) =>
      toOne ? `${field} { slug }` : `${field}(first: 1) { nodes { slug } totalCount }`,
    );
    return `{ ${kind(name).plural}(first: 1) { nodes { slug ${relations.join(' ')} } } ${kind(name).singular}(slug: "x") { slug } }`;
  });

  const isProvenance = ({ relation }: RelationField) => relation === ontology.provenance?.relation;
  /** What tells a relation from others in a statement that does not name it; that of provenance is named always. */
  const traceOf = (field: RelationField) => `${isProvenance(field)} ${genericReading(ontology, field)}`;
  /** One relation in place of most others, and that of provenance. */
  const usualOf = (name: Kind) =>
    oneOfEach(
      listsOf(ontology, name).filter((field) => isProvenance(field) || genericReading(ontology, field) === 'BOTH'),
      traceOf,
    );
  const roots = kindNames.map((name) => {
    const relations = isScanCheap(statistics, name, null) ? usualOf(name) : [];
    return `{ ${fieldsOf(ontology, kind(name).plural, name, relations)} }`;
  });
  const lists = kindNames.flatMap((name) =>
    listsOf(ontology, name)
      .filter((field) => field.target !== 'Entity' && isScanCheap(statistics, name, field))
      .map((field) => ({ name, field })),
  );
  const below = oneOfEach(lists, ({ field }) => traceOf(field)).map(({ name, field }) => {
    const target = field.target as Kind;
    return `{ ${kind(name).singular}(slug: "x") { slug ${fieldsOf(ontology, field.name, target, usualOf(target))} } }`;
  });
  return [...everyList, ...below, ...roots];
}

/**
 * The questions of traversal, about entities that there are.
 *
 * @param slugs up to two entities of each kind
 */
export const commonTraversals = (slugs: readonly (readonly string[])[]): readonly string[] => {
  const known = slugs.filter(([slug]) => slug !== undefined);
  const [[from, other = from] = [], [to = other] = []] = known;
  if (from === undefined || other === undefined || to === undefined) return [];
  const name = (slug: string) => JSON.stringify(slug);
  return [
    ...known.map(
      ([slug = '']) =>
        `{ neighborhood(of: [${name(slug)}], depth: 2, limit: 20) { nodes { slug } edges { relation } } }`,
    ),
    ...[1, 2, 3, 4].map(
      (hops) => `{ paths(from: ${name(from)}, to: ${name(to)}, maxHops: ${hops}) { paths { nodes { slug } } } }`,
    ),
    `{ similar(to: ${name(from)}, limit: 5) { score entity { slug } } }`,
    `{ compare(ids: [${name(from)}, ${name(other)}]) { shared { entity { slug } } } }`,
  ];
};
