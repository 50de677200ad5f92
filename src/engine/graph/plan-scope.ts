import type { Ontology } from '../../ontology/ontology.ts';
import type { RelationType } from '../../ontology/vocabulary.ts';
import type { RelationReading } from './pattern.ts';
import { Scope } from './scope.ts';

/** Which names are parameters, as values are, so that more plans have the same text. */
interface NamesAsValues {
  /** The selected properties. @default false */
  readonly isPart?: boolean;
  /** Also types of relations, and the properties of conditions, orders and facets. @default false */
  readonly isGeneric?: boolean;
}

/** How a relation is read by a text that does not name it: where the kinds of both ends differ, they tell the direction. */
export function genericReading(ontology: Ontology, { relation, reading }: RelationReading): RelationReading['reading'] {
  const { from, to } = ontology.relation(relation);
  return from !== to && relation !== ontology.provenance?.relation ? 'BOTH' : reading;
}

/** Names for one plan of an ontology. */
export class PlanScope extends Scope {
  readonly ontology: Ontology;
  readonly isPart: boolean;
  readonly isGeneric: boolean;

  constructor(ontology: Ontology, parameter: string, { isPart = false, isGeneric = false }: NamesAsValues = {}) {
    super(parameter);
    this.ontology = ontology;
    this.isPart = isPart;
    this.isGeneric = isGeneric;
  }

  override property(of: string, name: string): string {
    return this.isGeneric && name !== 'id' ? `${of}[${this.value(name)}]` : super.property(of, name);
  }

  /** What a role may see of provenance is said beside its type, which therefore stands in the text. */
  override type(relation: RelationType): string {
    return this.isGeneric && relation !== this.ontology.provenance?.relation ? `$(${this.value(relation)})` : relation;
  }

  override pattern(read: RelationReading, near: string, edge: string, far: string): string {
    const reading = this.isGeneric ? genericReading(this.ontology, read) : read.reading;
    return super.pattern({ relation: read.relation, reading }, near, edge, far);
  }
}
