import type { Ontology } from '../../ontology/ontology.ts';
import { isPartialDate } from '../../ontology/partial-date.ts';
import { isListed, type Kind, type Property } from '../../ontology/vocabulary.ts';
import type { WantedValue } from './reconciliation-query.ts';

type Condition = Readonly<Record<string, unknown>>;

/** The condition that a property has a value; `undefined` if a text is none of its values. */
function equals(ontology: Ontology, { type, list, enumeration }: Property, text: string): Condition | undefined {
  const is = (value: unknown) => (list ? { has: value } : { eq: value });
  switch (type) {
    case 'int':
      return /^-?\d{1,9}$/.test(text) ? is(Number(text)) : undefined;
    case 'float':
      return Number.isFinite(Number(text)) ? is(Number(text)) : undefined;
    case 'boolean':
      return /^(true|false)$/i.test(text) ? is(text.toLowerCase() === 'true') : undefined;
    case 'date':
      return isPartialDate(text) && !list ? { gte: text, lte: text } : undefined;
    case 'enumeration': {
      const values = enumeration === undefined ? {} : ontology.enumeration(enumeration).values;
      const name = text.trim().toUpperCase().replaceAll(' ', '_');
      return Object.hasOwn(values, name) ? is(name) : undefined;
    }
    case 'text':
      return list ? { has: text } : { contains: text };
    default:
      return undefined;
  }
}

/** The condition that a property or relation of an entity has a value; `undefined` if it cannot be searched for. */
function has(ontology: Ontology, kind: Kind, id: string, text: string): Condition | undefined {
  if (id === 'slug') return { slug: { eq: text } };
  const properties = ontology.propertiesOf(kind);
  const property = Object.hasOwn(properties, id) ? properties[id] : undefined;
  if (property) {
    const condition = isListed(property) ? undefined : equals(ontology, property, text);
    return condition && { [id]: condition };
  }
  const field = ontology.relationFieldsOf(kind).get(id);
  if (!field || field.target === 'Entity') return undefined;
  const target = { or: [{ slug: { eq: text } }, { name: { contains: text } }] };
  return { [id]: field.toOne ? target : { some: target } };
}

/** The filter of a kind that entities with all wanted values pass; `undefined` if one of these cannot be searched for. */
export function valueFilter(ontology: Ontology, kind: Kind, wanted: readonly WantedValue[]): Condition | undefined {
  const conditions = wanted.map(({ property, texts }) =>
    texts.flatMap((text) => (text.trim() === '' ? [] : (has(ontology, kind, property, text.trim()) ?? []))),
  );
  if (conditions.length === 0 || conditions.some((alternatives) => alternatives.length === 0)) return undefined;
  return { and: conditions.map((alternatives) => ({ or: alternatives })) };
}
