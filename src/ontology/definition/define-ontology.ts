import { deriveOntology, type OntologyOf } from '../ontology.ts';
import type { OntologyDefinition } from '../vocabulary.ts';
import { faultsOfOntology } from './check-ontology.ts';

/** An ontology that contradicts itself or has names that cannot be served. Its message lists all mistakes. */
export class InvalidOntology extends Error {
  /** Each as one sentence. Not listed when the error is printed, because the message has them. */
  declare readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    const count = faults.length === 1 ? 'There is 1 mistake' : `There are ${faults.length} mistakes`;
    super([`${count} in the ontology:`, ...faults.map((fault) => `  ${fault}`)].join('\n'));
    this.name = 'InvalidOntology';
    Object.defineProperty(this, 'faults', { value: faults });
  }
}

/** Freezes whatever is inside. Properties may be shared between kinds. */
function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const inside of Object.values(value)) freeze(inside);
}

/**
 * The ontology of a graph: its kinds of entities, the relations between them, their properties, and where provenance is.
 * It is checked and frozen. Everything that Silkgraph derives (schema, indexes, file formats, commands) follows from it.
 *
 * @throws InvalidOntology listing every mistake
 */
export function defineOntology<const Definition extends OntologyDefinition>(
  definition: Definition,
): OntologyOf<Definition> {
  const faults = faultsOfOntology(definition);
  if (faults.length > 0) throw new InvalidOntology(faults);
  // A draft may have none yet, but no schema can be made of it.
  if (Object.keys(definition.relations).length === 0)
    throw new InvalidOntology(['The ontology has no relation. Add one; both of its ends may be one kind.']);
  freeze(definition);
  return deriveOntology(definition);
}
