import type { Ontology } from '../../ontology/ontology.ts';
import { isListed, type Properties, type Property } from '../../ontology/vocabulary.ts';

/** What programs for graphs know as types of attributes. */
export type AttributeType = 'string' | 'int' | 'double' | 'boolean';

/** An attribute of all nodes or all edges. */
export interface Attribute {
  readonly name: string;
  readonly type: AttributeType;
  /** The property that it holds; an attribute that the file adds has none. */
  readonly property?: string;
}

/** What files add to the properties of nodes and edges. No format takes two attributes of one name. */
const nodeNames = ['id', 'label', 'kind', 'latitude', 'longitude'];
const edgeNames = ['id', 'source', 'target', 'interaction', 'label', 'relation', 'sources'];

const typeOf = ({ type, list }: Property): AttributeType => {
  if (list) return 'string';
  if (type === 'int') return 'int';
  if (type === 'float') return 'double';
  return type === 'boolean' ? 'boolean' : 'string';
};

/** The attributes of several kinds: what has several types is text, and a name that the file takes gets an underscore. */
function attributesOf(all: readonly Properties[], taken: readonly string[]): readonly Attribute[] {
  const types = new Map<string, AttributeType>();
  for (const properties of all) {
    for (const [name, property] of Object.entries(properties)) {
      if (isListed(property)) continue;
      const type = typeOf(property);
      const known = types.get(name);
      types.set(name, known === undefined || known === type ? type : 'string');
    }
  }
  return [...types].map(([property, type]) => ({
    name: taken.includes(property) ? `${property}_` : property,
    type,
    property,
  }));
}

/** The attributes of nodes: the kind, every property, and a place on the map. */
export const nodeAttributes = ({ kindNames, propertiesOf, positioning }: Ontology): readonly Attribute[] => [
  { name: 'kind', type: 'string' },
  ...attributesOf(kindNames.map(propertiesOf), nodeNames),
  ...(positioning
    ? [
        { name: 'latitude', type: 'double' as const },
        { name: 'longitude', type: 'double' as const },
      ]
    : []),
];

/** The attributes of edges: the type, every property, and the sources of their own. */
export const edgeAttributes = ({ relationTypes, edgePropertiesOf, provenance }: Ontology): readonly Attribute[] => [
  { name: 'relation', type: 'string' },
  ...attributesOf(relationTypes.map(edgePropertiesOf), edgeNames),
  ...(provenance ? [{ name: 'sources', type: 'string' as const }] : []),
];

/** A value as text; a list as its items with semicolons between. */
export const textOfValue = (value: unknown): string =>
  Array.isArray(value) ? value.map(String).join('; ') : String(value);
