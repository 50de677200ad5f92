// What a graph of one's own is made with.

export { checkGraph } from './check-graph.ts';
export { TOPS } from './data/generate/generate.ts';
export { dayIn, type Random } from './data/generate/random.ts';
export { placeAt, syntheticName, type Word, type Words } from './data/generate/synthetic-names.ts';
export type { SyntheticShape } from './data/generate/synthetic-shape.ts';
export type * from './explorer/option.ts';
export { defineOntology, InvalidOntology } from './ontology/definition/define-ontology.ts';
export { kebabCase } from './ontology/letter-case.ts';
export type { Ontology, OntologyOf, RelationField } from './ontology/ontology.ts';
export type { Milestone, ValueOf } from './ontology/records.ts';
export * from './ontology/vocabulary.ts';
export { type OpenSilkgraph, openSilkgraph } from './open-silkgraph.ts';
export type { Context } from './schema/context.ts';
export type { AddFields, FieldParts, NeededEntity } from './schema/entities/own-fields.ts';
export { badUserInput, codedError } from './schema/errors.ts';
export { createSilkgraph, type Silkgraph, type SilkgraphOptions } from './silkgraph.ts';
