import { InvalidArgumentError } from 'commander';
import type { Config } from '../../config.ts';
import { generate, labsOf } from '../../doors/data/generate/generate.ts';
import { graphOption } from './session/graph-option.ts';
import type { Session } from './session/session.ts';
import { unlessStopped } from './session/unless-stopped.ts';

function readLabs(text: string): number {
  try {
    return labsOf(text);
  } catch (error) {
    throw error instanceof RangeError ? new InvalidArgumentError(error.message) : error;
  }
}

/** How to import the files, without overwriting entities of another graph that have the same slugs. */
export function importAdvice({ neo4j, ...config }: Pick<Config, 'neo4j' | 'graph'>, out: string): readonly string[] {
  const option = graphOption(config);
  const place = neo4j ? '' : `SILKGRAPH_FOLDER=${out.replace(/\/+$/, '')}-graph `;
  return [
    'They are for an empty graph; in another one, they would fail or overwrite entities with the same IDs.',
    neo4j ? 'Set NEO4J_URI to an empty Neo4j, then run:' : 'Import them into a database of their own, and serve it:',
    `  ${place}npx silkgraph import${option} ${out}`,
    `  ${place}npx silkgraph start${option}`,
  ];
}

/** Writes a synthetic graph to files. */
export async function generateFiles(
  { config, screen, signal, silkgraph }: Session,
  { labs, out }: { readonly labs: string; readonly out: string },
) {
  const written = new Map<string, number>();
  const count = readLabs(labs);
  const { ontology, syntheticShape: shape } = await silkgraph();
  const report = (file: string, records: number) => void written.set(file, records);
  await unlessStopped(signal, generate(ontology, { labs: count, out, shape, report }));
  for (const [file, records] of written) screen.say(`${file}  ${records.toLocaleString('en')} records`);
  for (const line of importAdvice(config, out)) screen.say(line);
}
