import { capitalized, constantCase } from '../../ontology/letter-case.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind, Property } from '../../ontology/vocabulary.ts';
import type { Wording } from '../../ontology/wording.ts';
import { facetProperties, listedFields } from './list-settings.ts';
import type { GroupKeySettings, GroupSettings } from './settings.ts';

/** The name of the query for groups of a kind. */
export const queryNameOfGroups = (kind: Kind): string => `groups ${kind}`;

/** The key of a property among the keys of the API: dates are grouped by year. */
const keyOfProperty = (name: string, { type }: Property) => constantCase(type === 'date' ? `${name}Year` : name);

function propertyKeys(ontology: Ontology, kind: Kind, wording: Wording): readonly GroupKeySettings[] {
  return facetProperties(ontology, kind).map(([name, property]) => ({
    name,
    by: keyOfProperty(name, property),
    title: capitalized(wording.property(kind, name)),
    type: property.type === 'enumeration' ? 'value' : property.type === 'boolean' ? 'boolean' : 'number',
    ...(property.enumeration !== undefined && { enumeration: property.enumeration }),
  }));
}

/** Keys of what a relation leads to: its enumerated properties, and the entities that it has one of. */
function keysThrough(ontology: Ontology, kind: Kind, wording: Wording): readonly GroupKeySettings[] {
  return listedFields(ontology, kind).flatMap(({ name, target, relation, reading }) => {
    const through = capitalized(wording.relation(relation, reading !== 'BACKWARD'));
    const values = propertyKeys(ontology, target, wording).filter(({ type }) => type === 'value');
    const single = listedFields(ontology, target)
      .filter(({ toOne, target: far }) => toOne && far !== kind && far !== target)
      .map(
        (field): GroupKeySettings => ({
          name: field.name,
          by: constantCase(field.name),
          title: capitalized(wording.relation(field.relation, field.reading !== 'BACKWARD')),
          type: 'entity',
        }),
      );
    return [...values, ...single].map((key) => ({ ...key, name: `${name}.${key.name}`, through }));
  });
}

/** The keys by which a kind is grouped, and what is counted in each group. */
export function groupSettings(ontology: Ontology, kind: Kind, wording: Wording): GroupSettings {
  const relations = listedFields(ontology, kind).map(
    ({ name, relation, reading }): GroupKeySettings => ({
      name,
      by: constantCase(name),
      title: capitalized(wording.relation(relation, reading !== 'BACKWARD')),
      type: 'entity',
    }),
  );
  return {
    query: queryNameOfGroups(kind),
    keys: [...propertyKeys(ontology, kind, wording), ...relations, ...keysThrough(ontology, kind, wording)],
  };
}
