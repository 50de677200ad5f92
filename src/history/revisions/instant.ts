import { isPartialDate } from '../../ontology/partial-date.ts';

/** RFC 3339, without leap seconds, which Neo4j does not have. */
const SHAPE =
  /^(\d{4}-\d\d-\d\d)[Tt](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** Whether a text is an instant, on a day of the calendar. */
export const isInstant = (text: string): boolean => isPartialDate(SHAPE.exec(text)?.[1] ?? '');
