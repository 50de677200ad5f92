import { withFollowing } from '../../../engine/changes/apply/record-state.ts';
import {
  markSeeded,
  type StoredForm,
  storedEntity,
  storedRelation,
} from '../../../engine/changes/apply/stored-form.ts';
import { fieldOf } from '../../../engine/changes/check/check-properties.ts';
import type { RecordFields } from '../../../engine/changes/record-fields.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../../ontology/vocabulary.ts';

/** A checked record of an entity, as it is to be stored. */
export interface EntityRow {
  readonly name: Kind;
  readonly id: string;
  readonly properties: StoredForm;
}

/** The ends of a relation, by id. */
export interface Ends {
  readonly from: string;
  readonly to: string;
}

/** A checked record of a relation, as it is to be stored. */
export interface RelationRow extends Ends {
  readonly name: RelationType;
  readonly properties: StoredForm;
}

const marked = (form: StoredForm, seeded: boolean) => (seeded ? markSeeded(form) : form);

export const entityRow = (ontology: Ontology, name: Kind, record: RecordFields, seeded: boolean): EntityRow => ({
  name,
  id: String(fieldOf(record, 'id')),
  properties: marked(storedEntity(ontology, name, withFollowing(ontology.propertiesOf(name), record)), seeded),
});

export const relationRow = (
  ontology: Ontology,
  name: RelationType,
  record: RecordFields,
  seeded: boolean,
): RelationRow => ({
  name,
  from: String(fieldOf(record, 'from')),
  to: String(fieldOf(record, 'to')),
  properties: marked(
    storedRelation(ontology, name, {
      ...record,
      properties: withFollowing(ontology.edgePropertiesOf(name), Object(fieldOf(record, 'properties'))),
    }),
    seeded,
  ),
});
