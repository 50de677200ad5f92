import { type Language, labelsIn } from './language/labels.ts';
import { inWords, withoutArticle } from './letter-case.ts';
import type { Ontology } from './ontology.ts';
import type { EnumerationName, Kind, RelationType } from './vocabulary.ts';

/** What the parts of an ontology are called in one language: in lower case, as inside of a sentence. */
export interface Wording {
  readonly language: Language;
  /** One entity of a kind, without an article: `country group`. */
  one(kind: Kind): string;
  /** Several entities of a kind: `country groups`. */
  many(kind: Kind): string;
  /** What a kind is, in a sentence. */
  description(kind: Kind): string;
  /** A property of a kind or of a relation. */
  property(owner: Kind | RelationType, name: string): string;
  /** A value of an enumeration; a value of no enumeration as it is. */
  value(enumeration: EnumerationName | undefined, value: string): string;
  /** What a relation leads to from its start, or from its end: `partner countries`, `laboratories`. */
  relation(type: RelationType, isForward: boolean): string;
  /** The verb of a relation read from its start, or from its end: `partners with`. */
  verb(type: RelationType, isForward: boolean): string;
}

const constantInWords = (name: string) => name.toLowerCase().replaceAll('_', ' ');

/** The wording of an ontology in a language; what it has no label for has that in English, or is called by its name. */
export function wordingOf(ontology: Ontology, language: Language): Wording {
  const { kinds = {}, relations = {}, properties = {}, values = {} } = labelsIn(ontology.labels, language);
  return {
    language,
    one: (kind) => kinds[kind]?.one ?? withoutArticle(ontology.kind(kind).one),
    many: (kind) => kinds[kind]?.many ?? ontology.kind(kind).many,
    description: (kind) => kinds[kind]?.description ?? ontology.kind(kind).description,
    property: (owner, name) => properties[`${owner}.${name}`] ?? properties[name] ?? inWords(name),
    value: (enumeration, value) =>
      enumeration === undefined
        ? value
        : (values[`${enumeration}.${value}`] ?? values[value] ?? constantInWords(value)),
    relation(type, isForward) {
      const { forward, backward } = ontology.relation(type);
      const label = relations[type];
      return (isForward ? label?.forward : label?.backward) ?? inWords(isForward ? forward : backward);
    },
    verb(type, isForward) {
      const label = relations[type];
      if (isForward) return label?.verb ?? constantInWords(type);
      if (ontology.relation(type).symmetric) return label?.inverse ?? label?.verb ?? constantInWords(type);
      return label?.inverse ?? label?.backward ?? inWords(ontology.relation(type).backward);
    },
  };
}
