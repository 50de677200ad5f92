import { InvalidArgumentError } from 'commander';
import { generate, labsOf } from '../data/generate/generate.ts';
import type { Session } from './session/session.ts';
import { unlessStopped } from './session/unless-stopped.ts';

function readLabs(text: string): number {
  try {
    return labsOf(text);
  } catch (error) {
    throw error instanceof RangeError ? new InvalidArgumentError(error.message) : error;
  }
}

/** Writes a synthetic graph to files. */
export async function generateFiles(
  { screen, signal, silkgraph }: Session,
  { labs, out }: { readonly labs: string; readonly out: string },
) {
  const written = new Map<string, number>();
  const count = readLabs(labs);
  const { ontology, syntheticShape: shape } = await silkgraph();
  const report = (file: string, records: number) => void written.set(file, records);
  await unlessStopped(signal, generate(ontology, { labs: count, out, shape, report }));
  for (const [file, records] of written) screen.say(`${file}  ${records.toLocaleString('en')} records`);
  screen.say(`Import them with: silkgraph import ${out}`);
}
