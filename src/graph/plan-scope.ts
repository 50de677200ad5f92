import type { Ontology } from '../ontology/ontology.ts';
import type { RelationType } from '../ontology/vocabulary.ts';
import { Scope } from './scope.ts';

/** Which names are parameters, as values are, so that more plans have the same text. */
interface NamesAsValues {
  /** The selected properties. @default false */
  readonly isPart?: boolean;
  /** Also types of relations, and the properties of conditions, orders and facets. @default false */
  readonly isGeneric?: boolean;
}

/** Names for one plan of an ontology. */
export class PlanScope extends Scope {
  readonly ontology: Ontology;
  readonly isPart: boolean;
  readonly #isGeneric: boolean;

  constructor(ontology: Ontology, parameter: string, { isPart = false, isGeneric = false }: NamesAsValues = {}) {
    super(parameter);
    this.ontology = ontology;
    this.isPart = isPart;
    this.#isGeneric = isGeneric;
  }

  override property(of: string, name: string): string {
    return this.#isGeneric && name !== 'id' ? `${of}[${this.value(name)}]` : super.property(of, name);
  }

  /** What a role may see of provenance is said beside its type, which therefore stands in the text. */
  override type(relation: RelationType): string {
    return this.#isGeneric && relation !== this.ontology.provenance?.relation ? `$(${this.value(relation)})` : relation;
  }
}
