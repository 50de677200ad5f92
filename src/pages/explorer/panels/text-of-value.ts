import type { EdgeProperty } from '../../drawing/answers.ts';
import type { Cell } from '../../drawing/csv.ts';
import { capitalized, dateInWords, inClauses, inLine, labelled } from '../../drawing/words.ts';
import { kindNamed } from '../api/ontology.ts';
import { settings, valueInWords } from '../settings/known.ts';
import { say } from '../settings/say.tsx';
import { type Identifier, identifierInWords, type Place, placeInWords } from './item-texts.ts';

/** The type of a property of a kind or relation; of one with fixed values the enumeration, where lists are narrowed by it. */
export function typeOfProperty(owner: string, name: string): string | undefined {
  const kinds = settings().kinds;
  const fields = Object.values(kinds).flatMap(({ fields }) => Object.values(fields));
  const types = kinds[owner]?.list.types ?? fields.find(({ relation }) => relation === owner)?.edge;
  const { relation, properties = [] } = settings().provenance ?? {};
  // No list is narrowed by citations.
  if (owner === relation && properties.some((each) => each.name === name && each.isEnumerated)) return 'enumeration';
  return types?.[name] ?? kindNamed(owner)?.properties.find((property) => property.name === name)?.type;
}

interface DatedStep {
  readonly date?: string | null;
  readonly text: string;
}

const stepInWords = ({ date, text }: DatedStep): string => (date ? labelled(dateInWords(date), text) : text);

const isEnumerated = (type: string): boolean => type === 'enumeration' || Object.hasOwn(settings().enumerations, type);

function textOfItem(type: string, item: unknown): string {
  if (type === 'identifiers') return identifierInWords(item as Identifier);
  if (type === 'locations') return placeInWords(item as Place);
  if (type === 'milestones') return stepInWords(item as DatedStep);
  if (typeof item === 'boolean') return say(item ? 'Yes' : 'No');
  return isEnumerated(type) ? capitalized(valueInWords(type, String(item))) : String(item);
}

/**
 * A value of a property as the text of a cell: in words, but for numbers and dates, which programs read too.
 *
 * @param type that of the property, or its enumeration
 */
export function textOfValue(value: unknown, type = ''): Cell {
  if (typeof value === 'number') return value;
  return inClauses([value ?? []].flat().map((item) => textOfItem(type, item)));
}

/** What a word of a search met in an entity: the value of an enumeration in words, a name or other text as it is. */
export function nameOrClass(text: string): string {
  const [enumeration] = Object.entries(settings().enumerations).find(([, values]) => values.includes(text)) ?? [];
  return enumeration === undefined ? text : capitalized(valueInWords(enumeration, text));
}

/** A value of a property of a relation within a sentence. */
export function edgeValueInWords(relation: string, { name, value }: EdgeProperty): string {
  const type = typeOfProperty(relation, name) ?? '';
  const itemInWords = (item: unknown) => {
    if (isEnumerated(type)) return valueInWords(type, String(item));
    return type === 'date' ? dateInWords(String(item)) : textOfItem(type, item);
  };
  return inLine([value].flat().map(itemInWords));
}
