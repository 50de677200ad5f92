import { GraphQLError } from 'graphql';
import { fieldOf } from '../../engine/changes/check/check-properties.ts';
import type { LinkEntities, Operation, UnlinkEntities } from '../../engine/changes/operation.ts';
import type { RecordFields } from '../../engine/changes/record-fields.ts';
import { plainIdentifier } from '../../ontology/identifiers.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind, Properties, ValueType } from '../../ontology/vocabulary.ts';
import { parseReference } from '../identifiers.ts';
import type { EntityMutation, MutationDefinition, RelationMutation } from './mutation-definitions.ts';
import type { MutationInput } from './mutation-property-inputs.ts';

/** An error in an input that is found without the database: a malformed id, or one of another kind. */
export interface ReferenceFault {
  readonly path: readonly string[];
  readonly message: string;
}

export interface ReadOperation<Read extends Operation = Operation> {
  readonly operation: Read;
  readonly faults: readonly ReferenceFault[];
}

/** Parses ids and slugs of an input, and collects the errors. */
class References {
  readonly ontology: Ontology;
  readonly faults: ReferenceFault[] = [];

  constructor(ontology: Ontology) {
    this.ontology = ontology;
  }

  one(path: readonly string[], id: unknown, expected: Kind | 'Entity'): string {
    try {
      return parseReference(this.ontology, String(id), expected);
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      this.faults.push({ path, message: error.message });
      return '';
    }
  }

  sources({ sources }: MutationInput): readonly string[] | undefined {
    const { provenance } = this.ontology;
    if (!provenance || !Array.isArray(sources)) return undefined;
    return sources.map((id: unknown, index) => this.one(['sources', String(index)], id, provenance.kind));
  }
}

/** The given properties; null and empty lists remove a value. */
function propertyValues(properties: Properties, input: MutationInput, references: References): RecordFields {
  const values: Record<string, unknown> = {};
  for (const [name, { type }] of Object.entries(properties)) {
    const given = fieldOf(input, name);
    if (given === undefined) continue;
    values[name] = Array.isArray(given) ? listedValues(name, type, given, references) : given;
  }
  return values;
}

function listedValues(
  name: string,
  type: ValueType,
  given: readonly MutationInput[],
  references: References,
): readonly unknown[] {
  if (type === 'milestones') return milestones(name, given, references);
  const { identification } = references.ontology;
  if (type === 'locations') return given.map(withoutNulls);
  if (type !== 'identifiers' || !identification) return given;
  return given.map((item) => {
    const { scheme, value } = item;
    return { ...withoutNulls(item), value: plainIdentifier(identification, String(scheme), String(value)) };
  });
}

const withoutNulls = (item: MutationInput): MutationInput =>
  Object.fromEntries(Object.entries(item).filter(([, value]) => !isAbsent(value)));

function milestones(name: string, given: readonly MutationInput[], references: References) {
  const { provenance } = references.ontology;
  return given.map((milestone, index) => {
    if (!provenance || isAbsent(milestone.source)) return milestone;
    const path = [name, String(index), 'source'];
    return { ...milestone, source: references.one(path, milestone.source, provenance.kind) };
  });
}

const isAbsent = (value: unknown) => value === null || value === undefined;

const optional = <Value>(value: unknown): Value | undefined => (isAbsent(value) ? undefined : (value as Value));

const expectation = ({ expectedRevision }: MutationInput) => ({ expectedRevision: optional<number>(expectedRevision) });

/** The given slug, or the one that follows from a property. A property that is absent is reported by its own check. */
function slugOf({ slugPropertyOf }: Ontology, kind: Kind, input: MutationInput): string {
  const origin = slugPropertyOf(kind);
  if (origin === undefined || !isAbsent(input.slug)) return String(input.slug);
  return String(fieldOf(input, origin) ?? '').toLowerCase();
}

function entityOperation({ action, kind }: EntityMutation, input: MutationInput, references: References): Operation {
  if (action === 'DELETE') {
    const slug = references.one(['id'], input.id, kind);
    return { action, kind, slug, detach: input.detach === true, ...expectation(input) };
  }
  const values = () => ({
    properties: propertyValues(references.ontology.propertiesOf(kind), input, references),
    sources: references.sources(input),
  });
  if (action === 'UPDATE') {
    const slug = references.one(['id'], input.id, kind);
    return { action, kind, slug, ...values(), ...expectation(input) };
  }
  const asGiven = { kind, slug: slugOf(references.ontology, kind, input), ...values() };
  if (action === 'CREATE' && !isAbsent(input.expectedRevision)) {
    const message = 'A new entity has no revision yet. Leave out `expectedRevision`, or use the upsert mutation.';
    references.faults.push({ path: ['expectedRevision'], message });
  }
  return action === 'CREATE' ? { action, ...asGiven } : { action, ...asGiven, ...expectation(input) };
}

function relationOperation(
  { action, relation }: RelationMutation,
  input: MutationInput,
  references: References,
): LinkEntities | UnlinkEntities {
  const end = (name: 'from' | 'to') => {
    const [kind, ...others] = references.ontology.kindsAt(relation, name);
    return references.one([name], input[name], kind && others.length === 0 ? kind : 'Entity');
  };
  const ends = { relation, from: end('from'), to: end('to'), ...expectation(input) };
  if (action === 'UNLINK') return { action, ...ends };
  const properties = propertyValues(references.ontology.edgePropertiesOf(relation), input, references);
  return { action, ...ends, properties, sources: references.sources(input) };
}

/** The operation on an entity that an input requests. */
export function readEntityOperation(ontology: Ontology, mutation: EntityMutation, input: MutationInput): ReadOperation {
  const references = new References(ontology);
  return { operation: entityOperation(mutation, input, references), faults: references.faults };
}

/** The operation on a relation that an input requests. */
export function readRelationOperation(
  ontology: Ontology,
  mutation: RelationMutation,
  input: MutationInput,
): ReadOperation<LinkEntities | UnlinkEntities> {
  const references = new References(ontology);
  return { operation: relationOperation(mutation, input, references), faults: references.faults };
}

/** The operation that an input requests. */
export const readOperation = (ontology: Ontology, mutation: MutationDefinition, input: MutationInput): ReadOperation =>
  'kind' in mutation
    ? readEntityOperation(ontology, mutation, input)
    : readRelationOperation(ontology, mutation, input);

/** The part of an input that a part of its operation was read from. */
export function inputPath({ action }: Operation, path: readonly (string | number)[]): readonly string[] {
  const [first, ...others] = path.map(String);
  if (first === undefined) return [];
  if (first === 'properties') return others;
  return [first === 'slug' && (action === 'UPDATE' || action === 'DELETE') ? 'id' : first, ...others];
}

/** The entity of an operation; for relations, the start entity. */
export const subjectOf = (operation: Operation): string => ('slug' in operation ? operation.slug : operation.from);
