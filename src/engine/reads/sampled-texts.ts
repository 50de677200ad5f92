import { memoize } from '../../ontology/memoize.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import type { Graph } from '../graph/graph.ts';
import type { NoParameters, Statement } from '../graph/statement.ts';
import { foldedForm } from '../indexes/searched.ts';

/** The name of an entity, folded too, and all its texts that search covers, folded. */
export interface SampledText {
  readonly name: string;
  readonly folded: string;
  readonly searched: string;
}

/** Texts of some entities of each kind. */
export type SampledTexts = Readonly<Partial<Record<Kind, readonly SampledText[]>>>;

/** Entities of each kind that are sampled, at most. The first ones, so that equal graphs give equal estimates. */
const SAMPLED = 100;

/** Characters of each text, and texts of each list, that count, so that no record makes the statistics large. */
const LONGEST = 200;
const MOST = 5;

type TextColumns = readonly [
  kind: Kind,
  rows: (readonly [name: string, folded: string, ...texts: (string | null | string[])[]])[],
];

/** The texts of a sample of the entities of each kind. */
export const sample = memoize(({ kindNames, propertiesOf }: Ontology): Statement<NoParameters, TextColumns> => {
  const ofKind = (kind: Kind) => {
    const texts = Object.entries(propertiesOf(kind)).flatMap(([name, { searched, type, list }]) => {
      if (!searched || type !== 'text') return [];
      const text = `entity.${foldedForm(name)}`;
      return [list ? `[text IN ${text}[..${MOST}] | left(text, ${LONGEST})]` : `left(${text}, ${LONGEST})`];
    });
    const name = [`left(entity.name, ${LONGEST})`, `left(entity.${foldedForm('name')}, ${LONGEST})`];
    const row = [...name, 'entity.id', ...texts].join(', ');
    return `RETURN '${kind}' AS kind, COLLECT { MATCH (entity:${kind}) WITH entity LIMIT ${SAMPLED} RETURN [${row}] } AS rows`;
  };
  return { name: 'statistics', text: kindNames.map(ofKind).join('\nUNION ALL\n') };
});

/** Reads the texts of a sample of the entities of each kind. @throws GraphError */
export async function readSampledTexts(graph: Graph): Promise<SampledTexts> {
  const found = await graph.read(sample(graph.ontology), {});
  return Object.fromEntries(
    found.map(([kind, rows]) => [
      kind,
      rows.map(([name, folded, ...texts]) => ({
        name,
        folded,
        searched: texts
          .flat()
          .filter((text) => text !== null)
          .join(' '),
      })),
    ]),
  );
}

/**
 * The share of a number of entities that is expected to fit, where some of a sample do. What fits none of the sample may fit
 * some that were not sampled.
 */
export function shareOfSample(fitting: number, sampled: number, entities: number): number {
  const others = Math.max(0, 1 - sampled / Math.max(entities, 1));
  const all = sampled + others;
  return all === 0 ? 0 : (fitting + others / 2) / all;
}
