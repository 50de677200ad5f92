import { fileURLToPath } from 'node:url';
import { type GraphQLSchema, parse, validate, validateSchema } from 'graphql';
import type { SyntheticShape } from '../doors/data/generate/synthetic-shape.ts';
import { computedFieldsOf, misplacedFields } from '../graphql/entities/computed-fields.ts';
import { type AddFields, fieldsFor } from '../graphql/entities/own-fields.ts';
import { createSchema } from '../graphql/index.ts';
import { InvalidOntology } from '../ontology/definition/define-ontology.ts';
import { missingNames } from '../ontology/narrowing/missing-names.ts';
import type { Ontology, OntologyOf } from '../ontology/ontology.ts';
import type { OntologyDefinition } from '../ontology/vocabulary.ts';
import { type ExplorerContents, explorerOf } from '../pages/views/contents.ts';
import type { ExplorerOption } from '../pages/views/option.ts';
import { type Example, loadExamples } from '../server/documents/examples.ts';

/** Marks a graph, with the copy of this package that made it. */
const maker: unique symbol = Symbol.for('silkgraph');

/** What a graph consists of. */
export interface SilkgraphOptions<Definition extends OntologyDefinition> {
  readonly ontology: OntologyOf<Definition>;
  /** Folder of the data that an empty graph is loaded with. @default none */
  readonly seeds?: string | URL;
  /** Adds fields written by hand to the schema. */
  readonly fields?: AddFields<Definition>;
  /** Folder of example queries for the playground, each a `.graphql` file. @default none */
  readonly examples?: string | URL;
  /** What generated records are like. @default alike for all kinds */
  readonly syntheticShape?: SyntheticShape;
  /** What the explorer shows that the ontology cannot say. @default what follows from the ontology */
  readonly explorer?: ExplorerOption;
}

/** A graph that can be served, imported, exported and asked. */
export interface Silkgraph {
  /** Where this module was loaded from. */
  readonly [maker]: string;
  readonly ontology: Ontology;
  readonly schema: GraphQLSchema;
  /** Folder of the data that an empty graph is loaded with. */
  readonly seeds: string | undefined;
  /** Folder of example queries. */
  readonly examples: string | undefined;
  /** What the explorer shows. */
  readonly explorer: ExplorerContents;
  readonly syntheticShape: SyntheticShape | undefined;
}

/** The path of a place that may be given as a `file:` URL. */
const pathOf = (place: string | URL | undefined): string | undefined =>
  place instanceof URL ? fileURLToPath(place) : place;

/**
 * A graph of an ontology: its GraphQL schema, with what the commands and the server need to know of it.
 * @throws InvalidOntology if it has no relation; Error if the fields do not fit the schema, or the explorer names what the ontology does not have
 */
export function createSilkgraph<const Definition extends OntologyDefinition>({
  ontology,
  seeds,
  fields,
  examples,
  syntheticShape,
  explorer = {},
  ...unknown
}: SilkgraphOptions<Definition>): Silkgraph {
  const [name] = Object.keys(unknown);
  if (name !== undefined) {
    throw new Error(
      `createSilkgraph has no option ${name}. It takes ontology, seeds, fields, examples, syntheticShape and explorer.`,
    );
  }
  if (!Array.isArray(ontology?.relationTypes)) {
    throw new TypeError('The `ontology` of createSilkgraph is what defineOntology returns.');
  }
  if (ontology.relationTypes.length === 0) {
    throw new InvalidOntology(['The ontology has no relation. A graph needs at least one.']);
  }
  const schema = createSchema(ontology, fields && fieldsFor(ontology, fields));
  // Of an invalid schema, which fields written by hand can make, every query would fail.
  const faults = [...validateSchema(schema).map(({ message }) => message), ...misplacedFields(schema)];
  if (faults.length > 0) {
    throw new Error(`The fields make an invalid schema: ${faults.join(' ')}`);
  }
  return {
    [maker]: import.meta.url,
    ontology,
    schema,
    seeds: pathOf(seeds),
    examples: pathOf(examples),
    explorer: explorerOf(ontology, explorer, computedFieldsOf(schema, ontology.kindNames)),
    syntheticShape,
  };
}

/** What is served of a graph to a role that sees a part of it. */
export interface NarrowedSilkgraph extends Pick<Silkgraph, 'ontology' | 'schema' | 'explorer'> {
  readonly examples: readonly Example[];
}

/**
 * The part of a graph that a role sees: with the examples that ask for nothing else, and without fields written by hand, which
 * may read anything.
 */
export const narrowSilkgraph = (silkgraph: Silkgraph, ontology: Ontology): NarrowedSilkgraph => {
  const schema = createSchema(ontology);
  // Texts name properties too, where no schema checks them.
  const hidden = missingNames(silkgraph.ontology.definition, ontology.definition);
  const isLeft = (query: string) =>
    validate(schema, parse(query)).length === 0 && !query.split(/\W+/).some((word) => hidden.has(word));
  return {
    ontology,
    schema,
    examples: loadExamples(silkgraph.examples).filter(({ query }) => isLeft(query)),
    explorer: explorerOf(ontology, { brand: silkgraph.explorer.settings.brand }),
  };
};

/** Whether a value is a graph, and whether this copy of the package made it: classes of two copies do not mix. */
export function isSilkgraph(value: unknown): value is Silkgraph {
  return makerOf(value) === import.meta.url;
}

/** Where the package that made a graph was loaded from; `undefined` if the value is no graph. */
export const makerOf = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null && maker in value ? String(value[maker]) : undefined;
