import { faultsOfOntology } from '../definition/check-ontology.ts';
import { InvalidOntology } from '../definition/define-ontology.ts';
import { deriveOntology, type Ontology } from '../ontology.ts';
import { faultsOfHidden, hiddenParts } from './hidden-parts.ts';
import { narrowDefinition } from './narrow-definition.ts';

/** A list of what to hide names what the ontology does not have, or what cannot be hidden. */
export class CannotHide extends Error {
  override readonly name = 'CannotHide';
  /** Each as one sentence. */
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.faults = faults;
  }
}

/**
 * The part of an ontology without some kinds (with all their relations), relations, and properties, named as `Kind`,
 * `RELATION`, `Kind.property`, `RELATION.property` or, of every kind, `Entity.property`. Descriptions lose the sentences that
 * name what is hidden; labels, linked data, citations and published totals lose what is about it.
 * @throws CannotHide with all mistakes in the list; InvalidOntology if what is left contradicts itself
 */
export function narrowOntology(whole: Ontology, hidden: readonly string[]): Ontology {
  const faults = faultsOfHidden(whole, hidden);
  if (faults.length > 0) throw new CannotHide(faults);
  const definition = narrowDefinition(whole.definition, hiddenParts(whole, hidden));
  const contradictions = faultsOfOntology(definition);
  if (contradictions.length > 0) throw new InvalidOntology(contradictions);
  return deriveOntology(definition, whole);
}
