import { type Draft, type DraftKind, type DraftProperty, type DraftRelation, sharedName } from './draft.ts';

/** Whatever would end a line of JavaScript, in names that come out of a database. */
const lineEnds = /[\p{Cc}\u2028\u2029]+/gu;

const WIDTH = 116;

const quoted = (text: string) => `'${text.replaceAll(lineEnds, ' ').replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** A comment in lines that fit on a screen. */
function comment(text: string, indent: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.replaceAll(lineEnds, ' ').split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && indent.length + longer.length + 3 > WIDTH) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].map((each) => `${indent}// ${each}`);
}

const comments = (texts: readonly string[], indent: string) => texts.flatMap((text) => comment(text, indent));

/** The functions of the vocabulary that wrap a property, from the inside out. */
function expression({ type, description, list, required, indexed, searched }: DraftProperty): string {
  const inner = `${type}(${quoted(description)})`;
  const listed = list ? `listOf(${inner})` : inner;
  const needed = required ? `required(${listed})` : listed;
  const found = indexed ? `indexed(${needed})` : needed;
  return searched ? `searched(${found}, ${quoted(searched)})` : found;
}

const propertyLines = (property: DraftProperty, indent: string) => [
  ...comments(property.comments, indent),
  `${indent}${property.name}: ${expression(property)},`,
];

function propertiesLines(properties: readonly DraftProperty[], indent: string): readonly string[] {
  if (properties.length === 0) return [`${indent}properties: {},`];
  return [
    `${indent}// decide: what the properties mean.`,
    `${indent}properties: {`,
    ...properties.flatMap((property) => propertyLines(property, `${indent}  `)),
    `${indent}},`,
  ];
}

function kindLines({ name, singular, plural, one, many, description, ...kind }: DraftKind): readonly string[] {
  return [
    ...comments(kind.comments, '    '),
    `    ${name}: {`,
    `      singular: ${quoted(singular)},`,
    `      plural: ${quoted(plural)},`,
    `      one: ${quoted(one)},`,
    `      many: ${quoted(many)},`,
    `      // decide: what it is.`,
    `      description: ${quoted(description)},`,
    ...propertiesLines(kind.properties, '      '),
    '    },',
  ];
}

function relationLines({ type, properties, ...relation }: DraftRelation): readonly string[] {
  return [
    ...comments(relation.comments, '    '),
    `    ${type}: {`,
    `      from: ${quoted(relation.from)},`,
    `      to: ${quoted(relation.to)},`,
    '      // decide: the names of the two fields, and what they return.',
    `      forward: ${quoted(relation.forward)},`,
    `      backward: ${quoted(relation.backward)},`,
    ...(relation.toOne ? ['      toOne: true,'] : []),
    `      description: ${quoted(relation.description)},`,
    `      forwardDescription: ${quoted(relation.forwardDescription)},`,
    `      backwardDescription: ${quoted(relation.backwardDescription ?? relation.forwardDescription)},`,
    ...(properties.length === 0 ? [] : propertiesLines(properties, '      ')),
    '    },',
  ];
}

function importsOf({ kinds, relations }: Draft): readonly string[] {
  const used = [sharedName, ...[...kinds, ...relations].flatMap(({ properties }) => properties)];
  const names = new Set(['createSilkgraph', 'defineOntology']);
  for (const property of used)
    for (const [name] of expression(property).matchAll(/\b[a-zA-Z]+(?=\()/g)) names.add(name);
  const known = ['boolean', 'createSilkgraph', 'date', 'defineOntology', 'float', 'indexed', 'int', 'listOf'];
  return [...known, 'required', 'searched', 'text', 'url'].filter((name) => names.has(name));
}

/** The draft as a module in JavaScript that exports a graph. */
export function printOntology(draft: Draft): string {
  const { about, kinds, relations, leftOut } = draft;
  const lines = [
    ...comments(about, ''),
    `import { ${importsOf(draft).join(', ')} } from 'silkgraph';`,
    '',
    'export const ontology = defineOntology({',
    '  enumerations: {},',
    '  sharedProperties: {',
    ...propertyLines(sharedName, '    '),
    '  },',
    '  kinds: {',
    ...kinds.flatMap(kindLines),
    '  },',
    '  relations: {',
    ...(relations.length === 0 ? ['    // decide: what joins the entities. A graph needs one relation at least.'] : []),
    ...relations.flatMap(relationLines),
    '  },',
    '  // decide: where the facts come from, if the data says so.',
    '  provenance: null,',
    '});',
    '',
    'export default createSilkgraph({ ontology });',
  ];
  const missing =
    leftOut.length === 0
      ? []
      : ['', '// Not in this ontology:', ...leftOut.flatMap((text) => ['//', ...comment(text, '')])];
  return `${[...lines, ...missing].join('\n')}\n`;
}
