import type { McpAccess } from '../doors/mcp/mcp-access.ts';
import { type DeclaredRoles, sightOf } from '../engine/access/declared-roles.ts';
import type { Viewer } from '../engine/access/viewer.ts';
import type { GraphRevisions } from '../engine/changes/log/graph-revisions.ts';
import type { Graph } from '../engine/graph/graph.ts';
import { narrowedGraph } from '../engine/narrowing/narrowed-graph.ts';
import { federatedSchema } from '../graphql/federation/federated-schema.ts';
import { createContexts } from '../graphql/index.ts';
import { getOrInsert } from '../ontology/get-or-insert.ts';
import { memoize } from '../ontology/memoize.ts';
import { CannotHide, narrowOntology } from '../ontology/narrowing/narrow-ontology.ts';
import type { Ontology } from '../ontology/ontology.ts';
import { mcpFor } from './mcp-for.ts';
import { reconciliationFor } from './reconciliation-for.ts';
import type { Service } from './server-options.ts';
import { type NarrowedSilkgraph, narrowSilkgraph, type Silkgraph } from './silkgraph.ts';

/** What a server has of its graph, once that is open. */
interface Opened {
  readonly graph: Graph;
  /** The same for statements of the server itself. */
  readonly own: Graph;
  readonly revisions: GraphRevisions;
}

export interface RoleServicesOptions {
  readonly silkgraph: Silkgraph;
  readonly roles: DeclaredRoles;
  readonly federation: boolean;
  readonly mcp: McpAccess;
  /** Whether the Reconciliation API is served. */
  readonly reconciles: boolean;
  /** Maximum size of stored answers in bytes, and seconds for which shared caches may serve them; `undefined` if none are stored. */
  readonly answers: { readonly bytes: number; readonly maxAge: number } | undefined;
  /** `undefined` until the graph is open. */
  readonly opened: () => Opened | undefined;
}

/** Roles hide what the graph does not have, or what cannot be hidden. */
export class RolesDoNotFit extends Error {
  override readonly name = 'RolesDoNotFit';

  constructor(faults: readonly string[]) {
    super(['The declared roles do not fit the graph:', ...faults.map((fault) => `  ${fault}`)].join('\n'));
  }
}

/** The ontology of each role. @throws RolesDoNotFit with all mistakes; InvalidOntology */
export function ontologiesOfRoles(whole: Ontology, roles: DeclaredRoles): ReadonlyMap<string, Ontology> {
  const faults: string[] = [];
  const found = Object.entries(roles).flatMap(([name, { hide }]): readonly (readonly [string, Ontology])[] => {
    try {
      return [[name, narrowOntology(whole, hide)]];
    } catch (error) {
      if (!(error instanceof CannotHide)) throw error;
      faults.push(...error.faults.map((fault) => `${name}: ${fault}`));
      return [];
    }
  });
  if (faults.length > 0) throw new RolesDoNotFit(faults);
  return new Map(found);
}

/** What each may keep of answers, so that the whole and the parts that roles see keep to the line together. */
export const answerBytesOf = (bytes: number, roles: DeclaredRoles): number => bytes / (1 + Object.keys(roles).length);

/**
 * What is served to roles that see a part of the graph: a schema, and all that follows from it, of the ontology of each role, made
 * when it first asks. `undefined` if there are no such roles.
 * @throws RolesDoNotFit, InvalidOntology
 */
export function roleServices(options: RoleServicesOptions): ((viewer: Viewer) => Service | undefined) | undefined {
  const { silkgraph, roles } = options;
  if (Object.keys(roles).length === 0) return undefined;
  const ontologies = ontologiesOfRoles(silkgraph.ontology, roles);
  const made = new Map<string, Service>();
  return (viewer) => {
    const name = sightOf(viewer, roles);
    const ontology = name === undefined ? undefined : ontologies.get(name);
    if (name === undefined || !ontology) return undefined;
    return getOrInsert(made, name, () => serviceFor(narrowSilkgraph(silkgraph, ontology), options));
  };
}

function serviceFor(
  narrowed: NarrowedSilkgraph,
  { federation, mcp, reconciles, answers, opened }: RoleServicesOptions,
): Service {
  const { ontology, examples, explorer } = narrowed;
  const contextsOf = memoize(({ graph, own, revisions }: Opened) =>
    createContexts(narrowedGraph(graph, ontology), { own: narrowedGraph(own, ontology), revisions }),
  );
  return {
    schema: federation ? federatedSchema(narrowed.schema, ontology) : narrowed.schema,
    examples,
    explorer,
    context(read) {
      const has = opened();
      return has ? contextsOf(has).of(read) : {};
    },
    answers: answers && { ...answers, ontology, revisions: () => opened()?.revisions },
    mcp: mcpFor(narrowed, mcp),
    reconciliation: reconciles ? reconciliationFor(narrowed) : undefined,
  };
}
