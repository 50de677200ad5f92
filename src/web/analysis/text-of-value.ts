import type { Cell } from '../../drawing/csv.ts';

const textOfItem = (item: unknown): string =>
  typeof item === 'object' && item !== null
    ? Object.values(item)
        .filter((part) => part !== null)
        .join(' ')
    : String(item);

/** A value of a property as the text of a cell. */
export function textOfValue(value: unknown): Cell {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return value;
  if (Array.isArray(value)) return value.map(textOfItem).join('; ');
  return textOfItem(value);
}
