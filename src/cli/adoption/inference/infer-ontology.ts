import type { Draft } from './draft.ts';
import { inferKinds } from './infer-kinds.ts';
import { inferRelations } from './infer-relations.ts';
import type { SeenGraph } from './seen.ts';

/** The first draft of an ontology for what is there. Silkgraph accepts it as it is. */
export function inferOntology(graph: SeenGraph): Draft {
  const { kinds, leftOut } = inferKinds(graph);
  const relations = inferRelations(graph, kinds);
  return {
    about: graph.about,
    kinds,
    relations: relations.relations,
    leftOut: [...graph.leftOut, ...leftOut, ...relations.leftOut],
  };
}
