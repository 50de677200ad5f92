import { capitalized } from '../../drawing/words.ts';
import type { GroupKeySettings } from '../../views/settings.ts';
import { nameOf } from '../parts/parts.tsx';
import { valueInWords } from '../settings/known.ts';
import { say } from '../settings/say.tsx';
import type { KeyValue } from './groups.ts';

/** The value of a key in words. */
export function keyInWords(key: GroupKeySettings, { value, entity }: KeyValue): string {
  if (entity) return nameOf(entity);
  if (value === null) return say('Not recorded');
  if (key.type === 'boolean') return value === 'true' ? say('Yes') : say('No');
  return key.type === 'value' ? capitalized(valueInWords(key.enumeration, value)) : value;
}
