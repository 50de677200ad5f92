import { escapeMarkup } from '../../../ontology/escape-markup.ts';
import type { Property, RelationType } from '../../../ontology/vocabulary.ts';
import { shownValue } from './facts.ts';
import type { Page } from './page-view.ts';

/** With fewer relations than this, the details stand beside each. */
const FEW = 4;

/** A value within a line, where words of an enumeration begin with a small letter. */
const valueInLine = (page: Page, property: Property, value: unknown): string =>
  property.type === 'enumeration'
    ? escapeMarkup(page.wording.value(property.enumeration, String(value)))
    : shownValue(page, property, value);

/** What is known of a relation, as HTML: `role: host; side: partner`. Empty if nothing is. */
export function relationDetails(
  page: Page,
  type: RelationType,
  properties: Readonly<Record<string, unknown>> = {},
): string {
  const definitions = page.vocabulary.ontology.edgePropertiesOf(type);
  const { colon, comma, semicolon } = page.marks;
  return Object.entries(properties)
    .flatMap(([name, value]) => {
      const property = definitions[name];
      if (!property || property.type === 'url') return [];
      const values = [value].flat().map((one) => valueInLine(page, property, one));
      return [`${escapeMarkup(page.wording.property(type, name))}${colon}${values.join(comma)}`];
    })
    .join(semicolon);
}

/** What more than half of many relations have in common, so that it is said once; empty if there is no such thing. */
export function commonDetail(details: readonly string[]): string {
  // A relation without details would seem to have those.
  if (details.length < FEW || details.includes('')) return '';
  const counts = new Map<string, number>();
  for (const detail of details) counts.set(detail, (counts.get(detail) ?? 0) + 1);
  const [[text, count] = ['', 0]] = [...counts].toSorted(([, a], [, b]) => b - a);
  return count > details.length / 2 ? text : '';
}
