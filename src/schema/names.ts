import { type RelationField, relationFieldsOf } from '../ontology/fields.ts';
import { type Kind, kinds } from '../ontology/kinds.ts';
import { pascalCase } from '../ontology/letter-case.ts';
import { provenance } from '../ontology/provenance.ts';
import type { RelationType } from '../ontology/relations.ts';

/** Whose field it is: a relation that every kind has is one field of the interface `Entity`. */
export const ownerOf = (kind: Kind | 'Entity', { relation, reading }: RelationField): Kind | 'Entity' =>
  relation === provenance.relation && reading === 'FORWARD' ? 'Entity' : kind;

/** How the types of one relation field begin: `LabInstitutions`. */
export const listName = (owner: Kind | 'Entity', field: string): string => `${owner}${pascalCase(field)}`;

export const connectionTypeName = (owner: Kind | 'Entity', field: string): string =>
  `${listName(owner, field)}Connection`;
export const edgeTypeName = (owner: Kind | 'Entity', field: string): string => `${listName(owner, field)}Edge`;

/** How the types of groups of a kind begin: `LabsGroup`. A `CountryGroup` is a kind, so it goes by the plural. */
export const groupName = (kind: Kind): string => `${pascalCase(kinds[kind].plural)}Group`;

/** `HOSTED_BY` as `HostedBy`. */
export const relationTypeName = (relation: RelationType): string =>
  relation.toLowerCase().split('_').map(pascalCase).join('');

/** How many entities of a kind are called: `labs`. */
export const nameOfMany = (target: Kind | 'Entity'): string =>
  target === 'Entity' ? 'entities of any kind' : kinds[target].plural;

/** The relation that a field of a kind reads; also under `<field>Edge` for a to-one relation with properties. */
export function relationFieldOf(kind: Kind | 'Entity', name: string): RelationField | undefined {
  const fields = relationFieldsOf(kind);
  const field = fields.get(name) ?? fields.get(name.replace(/Edge$/, ''));
  return field && (field.name === name || field.toOne) ? field : undefined;
}
