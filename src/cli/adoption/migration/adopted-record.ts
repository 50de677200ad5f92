import { withFollowing } from '../../../engine/changes/apply/record-state.ts';
import {
  entityDifference,
  relationDifference,
  type StoredForm,
  storedEntity,
  storedRelation,
} from '../../../engine/changes/apply/stored-form.ts';
import { checkProperties, type FieldFault, fieldOf, isSlug } from '../../../engine/changes/check/check-properties.ts';
import { checkMilestoneSources, type FindKind } from '../../../engine/changes/check/check-references.ts';
import { quoted } from '../../../engine/changes/check/quoted.ts';
import type { RecordFields } from '../../../engine/changes/record-fields.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import { isListed, type Kind, type Properties, type RelationType } from '../../../ontology/vocabulary.ts';
import { nameCandidates } from '../name-property.ts';
import { isOwnName } from '../neo4j-access.ts';
import type { Slugs } from './slugs.ts';
import { slugOf } from './slugs.ts';

/** Properties that every entity has beside those of the ontology. */
const ownProperties = ['_kind', '_revision', '_createdAt', '_updatedAt', '_seeded'];

/** Which property of a kind its names come from, where people have chosen one. */
export type NameProperties = Readonly<Record<Kind, string>>;

/** Where the slug of a record comes from. */
export type SlugOrigin = 'given' | 'property' | 'name';

/** A node as a record of the ontology, with what is wrong with it. */
export interface AdoptedRecord {
  readonly id: string;
  readonly slugFrom: SlugOrigin;
  /** The slug had to be numbered, because another record has the same name. */
  readonly isNumbered: boolean;
  /** The property that its name is copied from; `undefined` if it has one. */
  readonly nameFrom: string | undefined;
  /** Properties that the ontology does not know. */
  readonly unknown: readonly string[];
  /** What to set, to make it as Silkgraph stores it. */
  readonly changes: StoredForm;
  readonly faults: readonly FieldFault[];
}

/** The text that is the name of a node without one, and where it stands. */
function nameOf(kind: Kind, form: StoredForm, chosen: string | undefined) {
  const candidates = chosen === undefined ? nameCandidates(kind, Object.keys(form)) : [chosen];
  for (const property of candidates) {
    const value = fieldOf(form, property);
    if (typeof value === 'string' && value.trim() !== '') return { property, name: value.trim() };
    if (typeof value === 'number' && property === chosen) return { property, name: String(value) };
  }
  return undefined;
}

/** The properties of the ontology among those that are stored; milestones are one JSON text. */
function recordIn(properties: Properties, form: StoredForm): RecordFields {
  const known = Object.entries(form).filter(([name]) => Object.hasOwn(properties, name));
  return Object.fromEntries(
    known.map(([name, value]) => {
      const property = properties[name];
      return [name, property && isListed(property) ? parsed(value) : value];
    }),
  );
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

const unknownIn = (properties: Properties, form: StoredForm, others: readonly string[] = []) =>
  Object.keys(form).filter((name) => !isOwnName(name) && !Object.hasOwn(properties, name) && !others.includes(name));

/** What of a difference an adoption sets: it removes nothing but folded forms, which are Silkgraph's own. */
const withoutRemovals = (changes: StoredForm): StoredForm =>
  Object.fromEntries(Object.entries(changes).filter(([name, value]) => value !== null || /^_.+Folded$/.test(name)));

/** The slug that the data decides: the one that a node has, or that of the property that slugs come from. */
export function givenSlug({ slugPropertyOf }: Ontology, kind: Kind, form: StoredForm): unknown {
  const id = fieldOf(form, 'id');
  if (id !== undefined && id !== null) return id;
  const origin = slugPropertyOf(kind);
  const value = origin === undefined ? undefined : fieldOf(form, origin);
  return typeof value === 'string' ? value.toLowerCase() : undefined;
}

function slugFaults(ontology: Ontology, kind: Kind, form: StoredForm, slug: unknown, slugs: Slugs): FieldFault[] {
  const [id, origin] = [fieldOf(form, 'id'), ontology.slugPropertyOf(kind)];
  const field = id === undefined && origin !== undefined ? origin : 'id';
  if (!isSlug(slug)) {
    const way =
      field === 'id'
        ? `, or no id (rename it: MATCH (node:${kind}) SET node.${kind.toLowerCase()}Id = node.id REMOVE node.id)`
        : '';
    return [{ field, expected: `a slug (small letters, digits and hyphens)${way}`, found: quoted(slug) }];
  }
  const value = origin === undefined ? undefined : fieldOf(form, origin);
  if (typeof value === 'string' && slug !== value.toLowerCase()) {
    return [{ field, expected: `the ${origin} in small letters`, found: quoted(slug) }];
  }
  return slugs.isShared(slug) ? [{ field, expected: 'a slug that is unique in the graph', found: quoted(slug) }] : [];
}

/** Properties of a node that is no entity yet, which an adoption would replace. */
const ownFaults = ({ kind, form, isEntity }: NodeToAdopt): readonly FieldFault[] =>
  (isEntity ? [] : ownProperties)
    .filter((field) => Object.hasOwn(form, field))
    .map((field) => ({
      field,
      expected: `no such property, as Silkgraph writes it itself (rename it: MATCH (node:${kind}) WHERE NOT node:Entity SET node.${field.slice(1)}Value = node.${field} REMOVE node.${field})`,
      found: quoted(form[field]),
    }));

const withAdvice = (kind: Kind, fault: FieldFault): FieldFault =>
  fault.field === 'name' && fault.found === 'nothing'
    ? { ...fault, expected: `${fault.expected} (to copy it from another property: --name ${kind}=property)` }
    : fault;

interface NodeToAdopt {
  readonly kind: Kind;
  readonly form: StoredForm;
  readonly slugs: Slugs;
  readonly names: NameProperties;
  /** Whether Silkgraph has written it already. */
  readonly isEntity: boolean;
  /** The kind of a source that milestones may cite. */
  readonly findSource: FindKind;
}

/** Reads a node of a kind as a record: checks it, and finds out what Silkgraph stores beside it. */
export function adoptNode(ontology: Ontology, node: NodeToAdopt): AdoptedRecord {
  const { kind, form, slugs, names, findSource } = node;
  const properties = ontology.propertiesOf(kind);
  const ownName = fieldOf(form, 'name') ?? undefined;
  const named = ownName !== undefined ? undefined : nameOf(kind, form, names[kind]);
  const record = withFollowing(properties, { ...recordIn(properties, form), ...(named ? { name: named.name } : {}) });
  const given = givenSlug(ontology, kind, form);
  const base = slugOf(named?.name ?? String(ownName ?? ''), kind);
  const id = given === undefined ? slugs.make(base) : String(given);
  const faults = [
    ...(given === undefined ? [] : slugFaults(ontology, kind, form, given, slugs)),
    ...checkProperties(ontology, properties, record).map((fault) => withAdvice(kind, fault)),
    ...checkMilestoneSources(ontology, record, findSource),
    ...ownFaults(node),
  ];
  return {
    id,
    slugFrom: fieldOf(form, 'id') !== undefined ? 'given' : given === undefined ? 'name' : 'property',
    isNumbered: given === undefined && id !== base,
    nameFrom: named?.property,
    unknown: unknownIn(properties, form, ['id']),
    changes:
      faults.length > 0
        ? {}
        : withoutRemovals(entityDifference(ontology, kind, form, storedEntity(ontology, kind, { ...record, id }))),
    faults,
  };
}

/** A relationship as a relation of the ontology. */
export type AdoptedRelation = Pick<AdoptedRecord, 'unknown' | 'changes' | 'faults'>;

/** Reads a relationship as a relation: checks its properties, and finds out what Silkgraph stores beside them. */
export function adoptRelation(
  ontology: Ontology,
  type: RelationType,
  form: StoredForm,
  isSource: (slug: unknown) => boolean,
): AdoptedRelation {
  const { provenance } = ontology;
  const definitions = ontology.edgePropertiesOf(type);
  const properties = withFollowing(definitions, recordIn(definitions, form));
  const sources = provenance ? fieldOf(form, provenance.property) : undefined;
  const faults = [
    ...checkProperties(ontology, definitions, properties),
    ...(provenance && sources !== undefined && !areSources(sources, isSource)
      ? [{ field: provenance.property, expected: `a list of slugs of ${provenance.kind}`, found: quoted(sources) }]
      : []),
  ];
  const wanted = storedRelation(ontology, type, { properties, ...(sources === undefined ? {} : { sources }) });
  return {
    unknown: unknownIn(definitions, form, provenance ? [provenance.property] : []),
    changes: faults.length > 0 ? {} : withoutRemovals(relationDifference(ontology, type, form, wanted)),
    faults,
  };
}

const areSources = (sources: unknown, isSource: (slug: unknown) => boolean) =>
  Array.isArray(sources) && sources.length > 0 && new Set(sources).size === sources.length && sources.every(isSource);
