import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isSilkgraph, makerOf, type Silkgraph } from '../../../service/silkgraph.ts';
import { inShell } from './in-shell.ts';

/** The module of a graph could not be loaded, or is none. */
export class GraphNotLoaded extends Error {
  override readonly name = 'GraphNotLoaded';
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

function notLoaded(path: string, error: unknown): GraphNotLoaded {
  if (error instanceof Error && error.name === 'InvalidOntology') {
    return new GraphNotLoaded(`${path}: ${reasonOf(error)}`);
  }
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION') {
    return new GraphNotLoaded(
      `${path} is TypeScript, which Node.js ${process.versions.node} does not run. Use Node.js 22.18 or later, or write the graph in JavaScript.`,
    );
  }
  const [, missing] = /^Cannot find package '([^']+)'/.exec(reasonOf(error)) ?? [];
  if (missing !== undefined) {
    return new GraphNotLoaded(
      `${path} imports the package ${missing}, which is not installed beside it. Run npm install ${missing} in its folder.`,
    );
  }
  if (code === 'ERR_MODULE_NOT_FOUND') {
    return new GraphNotLoaded(
      `${path} could not be loaded: ${reasonOf(error)} Pass --graph, or set SILKGRAPH_GRAPH to, the file that exports the graph.`,
    );
  }
  // Node.js keeps the place of a syntax error for itself until it prints the error.
  return new GraphNotLoaded(
    `${path} could not be loaded: ${reasonOf(error)}\nTo see where, run: node ${inShell(path)}`,
  );
}

/**
 * The graph that a module exports by default; without a module, that of Belt and Road cooperation.
 * @param path of the module, relative to the working directory
 * @throws GraphNotLoaded
 */
export async function loadGraph(path: string | undefined): Promise<Silkgraph> {
  if (path === undefined) return (await import('../../../cooperation/graph.ts')).default;
  const loaded: { readonly default?: unknown } = await import(pathToFileURL(resolve(path)).href).catch((error) => {
    throw notLoaded(path, error);
  });
  if (isSilkgraph(loaded.default)) return loaded.default;
  const maker = makerOf(loaded.default);
  if (maker !== undefined) {
    throw new GraphNotLoaded(
      `${path} imports another copy of silkgraph, ${fileURLToPath(maker)}. Run the command of that copy: npx silkgraph in the folder of the graph.`,
    );
  }
  throw new GraphNotLoaded(
    `${path} exports no graph by default. End it with \`export default createSilkgraph({ ontology })\`.`,
  );
}
