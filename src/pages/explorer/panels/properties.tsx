import type { Card } from '../../drawing/answers.ts';
import { capitalized, dateInWords, inWords, numberInWords } from '../../drawing/words.ts';
import { isWebAddress } from '../../shared/web-address.ts';
import type { OntologyProperty } from '../api/answers.ts';
import { kindNamed } from '../api/ontology.ts';
import { Degree, withoutCode } from '../parts/parts.tsx';
import { propertyDescription, propertyInWords, propertyOf, settings, settingsOf } from '../settings/known.ts';
import { say } from '../settings/say.tsx';
import { Written } from '../settings/written.tsx';
import { isEmpty } from './edge-properties.tsx';
import type { Identifier, Place } from './item-texts.ts';
import { Identifiers, Places } from './items.tsx';

/** Properties that are shown elsewhere on the panel. */
function shownElsewhere({ __typename }: Card): ReadonlySet<string | null> {
  const { text = null, sections = [], histories = [] } = settingsOf(__typename) ?? {};
  return new Set(['name', 'nameZh', text, ...sections.map(({ property }) => property), ...histories]);
}

interface ValueProps {
  readonly property: OntologyProperty;
  readonly value: unknown;
  /** Whether URLs are links. Those of re-posts are plain text. */
  readonly isLinked: boolean;
  /** Whether the value is a degree of certainty. */
  readonly isDegree: boolean;
}

/** A value of a property. */
export function Value({ property, value, isLinked, isDegree }: ValueProps) {
  if (property.type === 'identifiers') return <Identifiers of={(value ?? []) as readonly Identifier[]} />;
  if (property.type === 'locations') return <Places of={(value ?? []) as readonly Place[]} />;
  if (Array.isArray(value)) {
    return (
      <ul class="plain">
        {value.map((item) => (
          <li key={String(item)}>
            <Value property={property} value={item} isLinked={isLinked} isDegree={isDegree} />
          </li>
        ))}
      </ul>
    );
  }
  if (property.values.length > 0 && typeof value === 'string') {
    // What it is a degree of stands before it.
    if (isDegree) return <Degree of={value} what="" />;
    return <>{capitalized(inWords(value))}</>;
  }
  if (typeof value === 'boolean') return <>{value ? say('Yes') : say('No')}</>;
  // Years have no thousands separator.
  if (typeof value === 'number') return <>{property.type === 'float' ? numberInWords(value) : String(value)}</>;
  if (property.type === 'date' && typeof value === 'string') return <>{dateInWords(value)}</>;
  if (property.type === 'url' && isLinked && isWebAddress(String(value))) {
    return (
      <a href={String(value)} target="_blank" rel="noreferrer noopener">
        {String(value)}
      </a>
    );
  }
  return <Written text={String(value)} />;
}

/** Identifiers and coordinates come after what people read. */
export const isForMachines = ({ type }: Pick<OntologyProperty, 'type'>): boolean =>
  type === 'identifiers' || type === 'locations';

/** Types of properties that say most in few words, as on the page of the entity. */
const telling: ReadonlySet<string> = new Set(['enumeration', 'date', 'int', 'float', 'boolean']);

/** Dates, numbers and choices come before codes and names; what is said of the name itself comes last. */
export const rankOf = (property: OntologyProperty): number =>
  isForMachines(property) || property.name === 'nameZhBasis' ? 2 : telling.has(property.type) && !property.list ? 0 : 1;

/** With more facts than this, the others come after what an entity is connected with. */
const FIRST_FACTS = 7;

interface PropertiesProps {
  readonly entity: Card;
  /** Whether these are the facts that say most, or the others. */
  readonly part: 'first' | 'further';
}

/** The facts of an entity. */
export function Properties({ entity, part }: PropertiesProps) {
  const elsewhere = shownElsewhere(entity);
  const { computed = [], degrees = [] } = settingsOf(entity.__typename) ?? {};
  const properties = [...(kindNamed(entity.__typename)?.properties ?? []), ...computed]
    .filter(({ name }) => !elsewhere.has(name) && !isEmpty(propertyOf(entity, name)))
    .toSorted((a, b) => rankOf(a) - rankOf(b));
  const isShort = properties.length <= FIRST_FACTS + 2;
  const shown = isShort
    ? properties.filter(() => part === 'first')
    : properties.slice(...(part === 'first' ? [0, FIRST_FACTS] : [FIRST_FACTS]));
  const { unlinked } = settings().provenance ?? {};
  if (shown.length === 0) return null;
  const list = (
    <dl class="properties">
      {shown.map((property) => (
        <div key={property.name}>
          <dt title={withoutCode(propertyDescription(entity.__typename, property.name, property.description))}>
            {capitalized(propertyInWords(entity.__typename, property.name))}
          </dt>
          <dd>
            <Value
              property={property}
              value={propertyOf(entity, property.name)}
              isLinked={!unlinked || propertyOf(entity, unlinked) !== true}
              isDegree={degrees.includes(property.name)}
            />
          </dd>
        </div>
      ))}
    </dl>
  );
  if (part === 'first') return list;
  return (
    <section>
      <h3>{say('Further facts')}</h3>
      {list}
    </section>
  );
}
