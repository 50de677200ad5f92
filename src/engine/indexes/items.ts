import { capitalized } from '../../ontology/letter-case.ts';
import type { Property } from '../../ontology/vocabulary.ts';

/** The property with one field of all items of a list that is stored as one JSON text, so that it can be filtered by. */
export const itemsOf = (property: string, field: string): string => `_${property}${capitalized(field)}`;

/** Whether a property is one that only `itemsOf` makes. */
export const isItemsOf = (property: string, stored: string): boolean =>
  stored.startsWith(`_${property}`) && /^[A-Z]/.test(stored.slice(property.length + 1));

/** The property with the keys by which the identifiers of an entity are found. */
export const identifierKeys = '_identifierKeys';

/** The fields of the items by which entities are filtered. */
export const filteredItems = ({ items = {} }: Property): readonly (readonly [field: string, property: Property])[] =>
  Object.entries(items).filter(([, { indexed }]) => indexed);
