import { faultsOfOntology } from '../../../ontology/definition/check-ontology.ts';
import { reservedTypes } from '../../../ontology/definition/reserved-names.ts';
import { counted, pluralOf, sentence, withArticle, wordsOf } from '../english.ts';
import { chooseName } from '../name-property.ts';
import { isPascalName, misspelt, pascalName } from '../names.ts';
import { type DraftKind, definitionOf } from './draft.ts';
import { inferProperties } from './infer-properties.ts';
import { renamedKind } from './renaming.ts';
import type { SeenGraph, SeenKind } from './seen.ts';

/** The kinds of an ontology, and why some labels are none. */
export interface InferredKinds {
  readonly kinds: readonly DraftKind[];
  readonly leftOut: readonly string[];
}

const uncapitalised = (name: string) => `${name.charAt(0).toLowerCase()}${name.slice(1)}`;

const lookedAtOf = ({ count, lookedAt }: SeenKind) =>
  lookedAt < count
    ? `${counted(count, 'record')}, of which ${lookedAt.toLocaleString('en')} were looked at.`
    : `${counted(count, 'record')}.`;

/** The property that serves as the name of a kind. */
export function nameIn({ name: kind, lookedAt, properties }: SeenKind, { areTexts }: SeenGraph) {
  const texts = properties.filter(({ types, lists }) => types.text && lists === 0);
  return chooseName(kind, lookedAt, texts) ?? (areTexts ? chooseName(kind, lookedAt, properties) : undefined);
}

/** What the comment of a kind says about its name. */
function nameComment(seen: SeenKind, graph: SeenGraph): string {
  const { name: kind, lookedAt } = seen;
  const { naming } = graph;
  const chosen = nameIn(seen, graph);
  if (!chosen) return `decide: no property looks like a name, which every record needs. ${naming(kind)}`;
  const some =
    chosen.holders < lookedAt ? `decide: only ${chosen.holders} of ${lookedAt} records have ` : 'The name is ';
  if (chosen.name === 'name') return `${some}\`name\`.`;
  return `${some}\`${chosen.name}\`. ${naming(kind, chosen.name)}`;
}

/** The kind, with other names of its fields where the usual ones are taken. */
function* namesFor(kind: string, given: string | undefined) {
  const singular = uncapitalised(kind);
  const plural = given ?? pluralOf(singular);
  yield { singular, plural };
  if (given !== undefined) yield { singular: `${singular}Record`, plural: given };
  yield { singular: `${singular}Record`, plural: `${singular}Records` };
}

function draftKind(seen: SeenKind, graph: SeenGraph, names: { singular: string; plural: string }): DraftKind {
  const { name, lookedAt, properties, remarks = [] } = seen;
  const words = wordsOf(name);
  const inferred = inferProperties(properties, { name, lookedAt, isRelation: false, areTexts: graph.areTexts });
  return {
    name,
    ...names,
    one: withArticle(words),
    many: pluralOf(words),
    description: sentence(withArticle(words)),
    properties: inferred.properties,
    comments: [lookedAtOf(seen), nameComment(seen, graph), ...remarks, ...inferred.leftOut],
  };
}

/** The first draft of a kind that Silkgraph accepts beside the others; else why it accepts none. */
function acceptedKind(seen: SeenKind, graph: SeenGraph, others: readonly DraftKind[]): DraftKind | string {
  let reason = '';
  for (const names of namesFor(seen.name, seen.plural)) {
    const drafted = draftKind(seen, graph, names);
    const [fault] = faultsOfOntology(definitionOf({ kinds: [...others, drafted], relations: [] }));
    if (fault === undefined) return drafted;
    reason = fault;
  }
  return reason;
}

/** How a kind may be written instead: `entity` as `EntityRecord`, since the schema has the type `Entity`. */
function betterName(kind: string): string | undefined {
  const better = pascalName(kind);
  return better !== undefined && reservedTypes.has(better) ? `${better}Record` : better;
}

/** A kind for each label or file that can be one. */
export function inferKinds(graph: SeenGraph): InferredKinds {
  const kinds: DraftKind[] = [];
  const leftOut: string[] = [];
  for (const seen of graph.kinds) {
    const { name, count } = seen;
    const leaveOut = (reason: string) => leftOut.push(`left out: ${name} (${counted(count, 'record')}): ${reason}`);
    if (!isPascalName(name)) {
      leaveOut(misspelt('a kind', 'pascalCase', betterName(name), (better) => renamedKind(name, better)));
      continue;
    }
    const accepted = acceptedKind(seen, graph, kinds);
    if (typeof accepted === 'string') leaveOut(accepted);
    else kinds.push(accepted);
  }
  return { kinds, leftOut };
}
