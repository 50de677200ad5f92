// What a graph of one's own is made with.

export { TOPS } from './doors/data/generate/generate.ts';
export { dayIn, type Random } from './doors/data/generate/random.ts';
export { placeAt, syntheticName, type Word, type Words } from './doors/data/generate/synthetic-names.ts';
export type { SyntheticShape } from './doors/data/generate/synthetic-shape.ts';
export type { Context } from './graphql/context.ts';
export type { AddFields, FieldParts, NeededEntity } from './graphql/entities/own-fields.ts';
export { badUserInput, codedError } from './graphql/errors.ts';
export { defineOntology, InvalidOntology } from './ontology/definition/define-ontology.ts';
export { kebabCase } from './ontology/letter-case.ts';
export type { Ontology, OntologyOf, RelationField } from './ontology/ontology.ts';
export type { Milestone, ValueOf } from './ontology/records.ts';
export * from './ontology/vocabulary.ts';
export type * from './pages/views/option.ts';
export { checkGraph } from './service/check-graph.ts';
export { type OpenSilkgraph, openSilkgraph } from './service/open-silkgraph.ts';
export { createSilkgraph, type Silkgraph, type SilkgraphOptions } from './service/silkgraph.ts';
