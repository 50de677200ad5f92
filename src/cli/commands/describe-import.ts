import { type ImportSummary, type Tally, totalsOf } from '../../doors/data/import/summary.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import { counted } from '../adoption/english.ts';

const count = (number: number) => number.toLocaleString('en');

function describe(name: string, { created, updated, unchanged, removed }: Tally): string {
  const parts = Object.entries({ created, updated, unchanged, removed }).filter(([, number]) => number > 0);
  return `${name}: ${parts.map(([part, number]) => `${count(number)} ${part}`).join(', ') || 'none'}.`;
}

const listed = (title: string, names: readonly string[]) =>
  names.length === 0 ? [] : [title, ...names.map((name) => `  ${name}`)];

/** Summary of an import in sentences. */
export function describeImport(ontology: Ontology, summary: ImportSummary, milliseconds: number): readonly string[] {
  const { entities, relations } = totalsOf(ontology, summary);
  const records = [entities, relations].reduce(
    (sum, { created, updated, unchanged }) => sum + created + updated + unchanged,
    0,
  );
  const seconds = Math.max(milliseconds / 1000, 0.001);
  return [
    describe('Entities', entities),
    describe('Relations', relations),
    ...listed('Removed (no longer in the seeds):', summary.removed),
    ...listed('Kept although no longer in the seeds, because other records depend on them:', summary.kept),
    ...listed('In the graph, but no longer in the seeds (remove them with silkgraph seed --prune):', summary.missing),
    `${counted(records, 'record')} in ${seconds.toFixed(1)} s, ${count(Math.round(records / seconds))}/s.`,
  ];
}
