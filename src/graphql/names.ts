import { pascalCase, pascalCaseOfConstant, withoutArticle } from '../ontology/letter-case.ts';
import type { Ontology, RelationField } from '../ontology/ontology.ts';
import type { Kind, RelationType } from '../ontology/vocabulary.ts';

/** The type that owns a field: a relation that every kind has is one field of the interface `Entity`. */
export const ownerOf = (
  { provenance }: Ontology,
  kind: Kind | 'Entity',
  { relation, reading }: RelationField,
): Kind | 'Entity' => (relation === provenance?.relation && reading === 'FORWARD' ? 'Entity' : kind);

/** The name of the list of one relation field, which its types begin with: `LabInstitutions`. */
export const listName = (owner: Kind | 'Entity', field: string): string => `${owner}${pascalCase(field)}`;

/** The types of a list: all entities of a kind are a list of its name. */
export const connectionTypeName = (list: string): string => `${list}Connection`;
export const edgeTypeName = (list: string): string => `${list}Edge`;

/** `HOSTED_BY` as `HostedBy`. */
export const relationTypeName = (relation: RelationType): string => pascalCaseOfConstant(relation);

/** Several entities of a kind in prose: `country groups`. */
export const nameOfMany = (ontology: Ontology, target: Kind | 'Entity'): string =>
  target === 'Entity' ? 'entities of any kind' : ontology.kind(target).many;

/** One entity of a kind in prose: `a country group`. */
export const nameOfOne = (ontology: Ontology, target: Kind | 'Entity'): string =>
  target === 'Entity' ? 'an entity of any kind' : ontology.kind(target).one;

/** A kind in prose, without an article: `country group`. */
export const nounOf = (ontology: Ontology, target: Kind | 'Entity'): string =>
  target === 'Entity' ? 'entity' : withoutArticle(ontology.kind(target).one);

/** What a relation says of itself, in prose. */
export const statedOfRelations = ({ provenance }: Ontology): string =>
  provenance ? 'properties and sources' : 'properties';

/** The name of a type with its indefinite article: `an InstitutionType`. */
export const withArticle = (name: string): string => `${/^[AEIO]/.test(name) ? 'an' : 'a'} ${name}`;

/** The relation that a field of a kind reads; also under `<field>Edge` for a to-one relation with properties. */
export function relationFieldOf(
  { relationFieldsOf }: Ontology,
  kind: Kind | 'Entity',
  name: string,
): RelationField | undefined {
  const fields = relationFieldsOf(kind);
  const field = fields.get(name) ?? fields.get(name.replace(/Edge$/, ''));
  return field && (field.name === name || field.toOne) ? field : undefined;
}

/** The relation fields of all kinds that lead to entities of a kind. */
export const relationsTo = (
  { kindNames, relationFieldsOf }: Ontology,
  target: Kind | 'Entity',
): readonly RelationField[] =>
  kindNames.flatMap((kind) => [...relationFieldsOf(kind).values()].filter((field) => field.target === target));
