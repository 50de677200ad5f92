export interface OntologyProperty {
  readonly name: string;
  readonly description: string;
  readonly type: string;
  readonly list: boolean;
  readonly values: readonly string[];
}

export interface OntologyKind {
  readonly kind: string;
  readonly typeName: string;
  readonly description: string;
  readonly count: number;
  readonly properties: readonly OntologyProperty[];
}

export interface OntologyRelation {
  readonly relation: string;
  readonly description: string;
  readonly count: number;
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly forwardField: string;
  readonly backwardField: string;
  readonly symmetric: boolean;
}

export interface Ontology {
  readonly kinds: readonly OntologyKind[];
  readonly relations: readonly OntologyRelation[];
}
