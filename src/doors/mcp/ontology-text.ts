import { constantCase } from '../../ontology/letter-case.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind, Properties, Property } from '../../ontology/vocabulary.ts';
import { estimateTokens } from './token-estimate.ts';

/** Maximum size of the summary of an ontology, in tokens. */
export const SUMMARY_TOKENS = 4_000;

const firstSentence = (text: string) => /^.*?[.:](?=\s|$)/s.exec(text)?.[0] ?? text;

const nameOf = (kind: Kind | 'Entity') => (kind === 'Entity' ? 'any' : constantCase(kind));

/** Amount of description, from most to least. */
const levels = ['sentences', 'kinds', 'names', 'bare'] as const;

type Level = (typeof levels)[number];

function summaryAt(ontology: Ontology, level: Level): string {
  const { kindNames, relationTypes, provenance } = ontology;
  const says = (text: string, isTold: boolean) => (isTold ? `: ${firstSentence(text)}` : '');
  const properties = (kind: Kind) =>
    Object.keys(ontology.propertiesOf(kind)).filter((name) => !Object.hasOwn(ontology.sharedProperties, name));
  const kinds = kindNames.map((kind) => {
    const own = level === 'bare' || properties(kind).length === 0 ? '' : ` {${properties(kind).join(', ')}}`;
    return `- ${nameOf(kind)}${says(ontology.kind(kind).description, level !== 'names' && level !== 'bare')}${own}`;
  });
  const relations = relationTypes.map((type) => {
    const { from, to, forward, backward, description, symmetric } = ontology.relation(type);
    const fields = level === 'bare' ? '' : symmetric ? ` (${forward})` : ` (${forward} / ${backward})`;
    return `- ${nameOf(from)} ${type} ${nameOf(to)}${fields}${says(description, level === 'sentences')}`;
  });
  return [
    '# The graph',
    '',
    `Every entity has a kind, a slug and ${Object.keys(ontology.sharedProperties).join(', ')}.`,
    ...(provenance
      ? [
          `${nameOf(provenance.kind)} entities are the sources; each fact names its own, or rests on those of its entity.`,
        ]
      : []),
    'Call the tool `ontology` with a kind for its properties, values and fields.',
    '',
    '## Kinds {own properties}',
    ...kinds,
    '',
    '## Relations (field of the first kind / of the second)',
    ...relations,
  ].join('\n');
}

/** The kinds and relations of a graph in fewer than 4,000 tokens: large ontologies have shorter descriptions. */
export function ontologySummary(ontology: Ontology): string {
  const texts = levels.map((level) => summaryAt(ontology, level));
  const found = texts.find((text) => estimateTokens(text) < SUMMARY_TOKENS);
  if (found !== undefined) return found;
  // Beyond some hundred relations not even their names fit.
  const lines = (texts.at(-1) ?? '').split('\n');
  const rest = 'Further relations are left out: call the tool `ontology` with a kind.';
  while (lines.length > 0 && estimateTokens([...lines, rest].join('\n')) >= SUMMARY_TOKENS) lines.pop();
  return [...lines, rest].join('\n');
}

function propertyLine(ontology: Ontology, name: string, { type, list, required, enumeration, description }: Property) {
  const values = enumeration ? Object.keys(ontology.enumeration(enumeration).values).join(' | ') : type;
  const marks = [...(list ? ['list'] : []), ...(required ? ['required'] : [])];
  return `- ${name}: ${values}${marks.length > 0 ? ` (${marks.join(', ')})` : ''}. ${firstSentence(description)}`;
}

const propertyLines = (ontology: Ontology, properties: Properties) =>
  Object.entries(properties).map(([name, property]) => propertyLine(ontology, name, property));

/** One kind: its properties with their values, and its relation fields with theirs. */
export function kindDetail(ontology: Ontology, kind: Kind): string {
  const { description, plural } = ontology.kind(kind);
  const fields = [...ontology.relationFieldsOf(kind).values()].flatMap(
    ({ name, relation, reading, target, toOne, properties, description: says }) => [
      `- ${name}: ${relation} ${reading.toLowerCase()} to ${toOne ? 'one' : 'many'} ${nameOf(target)}. ${firstSentence(says)}`,
      ...propertyLines(ontology, properties).map((line) => `  ${line.replace('- ', '- edge ')}`),
    ],
  );
  return [
    `# ${nameOf(kind)}`,
    '',
    description,
    `GraphQL: \`${plural}(filter, orderBy, first, after) { totalCount nodes { … } }\`, \`${plural}GroupBy(by, filter)\`.`,
    '',
    '## Properties',
    ...propertyLines(ontology, ontology.propertiesOf(kind)),
    '',
    '## Relation fields',
    ...fields,
  ].join('\n');
}
