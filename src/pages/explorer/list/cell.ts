import { capitalized, dateInWords, numberInWords } from '../../drawing/words.ts';
import type { ColumnSettings } from '../../views/settings.ts';
import { valueInWords } from '../settings/known.ts';
import { nameOf } from '../settings/name-columns.ts';
import { say } from '../settings/say.tsx';
import type { Row } from './list-answers.ts';

/** The value of a property in words. */
export function cellOf(row: Row, column: ColumnSettings): string {
  const value = row[column.key];
  if (value === null || value === undefined) return '';
  if (column.type === 'entity') return nameOf(value as Row);
  if (column.type === 'boolean') return value === true ? say('Yes') : say('No');
  if (column.type === 'date') return dateInWords(String(value));
  if (column.type === 'float') return numberInWords(Number(value));
  if (column.type !== 'value') return String(value);
  return capitalized(valueInWords(column.enumeration, String(value)));
}
